package dev.dwata.mcp;

import dev.dwata.types.Approval;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A server as it is configured.
///
/// @param patience how long a call may be silent
/// @param agents   who may use it; absent: all
/// @param least    the least that its tools need of agreement, whatever it says of them
/// @param disabled whether it is left alone
public record McpServer(
        String name,
        Reach reach,
        Duration patience,
        @Nullable Set<String> agents,
        Approval least,
        boolean disabled) {
    public static final Duration USUAL_PATIENCE = Duration.ofSeconds(60);

    public McpServer {
        agents = agents == null ? null : Set.copyOf(agents);
    }

    public boolean isFor(String agent) {
        return !disabled && (agents == null || agents.contains(agent));
    }

    /// How it is spoken to.
    public sealed interface Reach {
        /// In a few words, for people, without secrets.
        String shown();
    }

    /// A process of its own for each session, over its standard input and output.
    ///
    /// @param env    secrets are in the values
    /// @param folder absent: the workspace
    public record Command(
            String program,
            List<String> args,
            Map<String, String> env,
            @Nullable Path folder) implements Reach {
        public Command {
            args = List.copyOf(args);
            env = Map.copyOf(env);
        }

        @Override
        public String shown() {
            return "the program " + program;
        }

        @Override
        public String toString() {
            return "Command[" + program + "]";
        }
    }

    /// Streamable HTTP.
    ///
    /// @param headers sent to this address and to no other; secrets are in the values
    public record Address(URI url, Map<String, String> headers) implements Reach {
        public Address {
            headers = Map.copyOf(headers);
        }

        @Override
        public String shown() {
            return url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
        }

        @Override
        public String toString() {
            return "Address[" + shown() + "]";
        }
    }
}
