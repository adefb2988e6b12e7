package dev.dwata.types;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Says of some tool calls whether they may happen. All that a rule names must be so; what it does not name
/// does not matter.
///
/// @param id        how it is called, for people and in the audit
/// @param effect    what it says
/// @param tool      the tool's name, in which `*` stands for any characters
/// @param arguments of the call, by name, or what its tool tells of it, such as the `host` of `web.fetch`:
///                  exactly this text, or with `*` for any characters, where `\*` is a star itself and `\\` a
///                  backslash; a value that is no text is compared as JSON
/// @param argv      the command, program first, each part exactly; a last part `**` stands for any further ones
/// @param folder    the workspace, as its real path
/// @param agent     the agent's name
/// @param session   the session's id
/// @param owner     on whose behalf
/// @param createdAt when an answer of `always` has made it; absent for one of the configuration
public record PolicyRule(
        String id,
        Effect effect,
        String tool,
        @Nullable Map<String, String> arguments,
        @Nullable List<String> argv,
        @Nullable String folder,
        @Nullable String agent,
        @Nullable String session,
        @Nullable String owner,
        @Nullable Instant createdAt) {
    public PolicyRule {
        arguments = arguments == null || arguments.isEmpty() ? null : Map.copyOf(arguments);
        argv = argv == null ? null : List.copyOf(argv);
    }

    /// What a rule says.
    public enum Effect {
        ALLOW,
        ASK,
        DENY;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
