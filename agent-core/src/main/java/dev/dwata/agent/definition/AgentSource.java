package dev.dwata.agent.definition;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where an agent or a skill comes from.
///
/// @param file its path; absent for what is built in
public record AgentSource(Kind kind, @Nullable String file) {
    public static final AgentSource BUILT_IN = new AgentSource(Kind.BUILT_IN, null);

    /// Who brought it.
    public enum Kind {
        /// dwata, or the program that dwata is a part of.
        BUILT_IN,
        /// The person whose data folder it lies in.
        DATA_FOLDER,
        /// A folder that the person trusts to say how to work in it, and to nothing beyond that.
        WORKSPACE;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Whether it may allow more than is allowed without it.
    public boolean mayGrant() {
        return kind != Kind.WORKSPACE;
    }

    /// For people: the path, or that it is built in.
    public String shown() {
        return file == null ? "built in" : file;
    }
}
