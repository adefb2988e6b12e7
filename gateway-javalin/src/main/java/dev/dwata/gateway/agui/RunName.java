package dev.dwata.gateway.agui;

import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.AgentEvent.MessageReceived;
import dev.dwata.types.Principal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// What a client calls its run. It is kept in the log with what began the run: the message, or the answer to
/// what was waited for.
record RunName(String value) {
    private static final String PREFIX = "ag-ui:";

    /// Who sent a message or gave an answer, as the log has it.
    String sender() {
        return PREFIX + value;
    }

    /// Whether something is meant for clients of AG-UI.
    ///
    /// @param target the client that is meant; absent: any
    static boolean isForUs(@Nullable String target) {
        return target == null || target.startsWith(PREFIX);
    }

    /// The key under which a message is taken once, in one thread.
    String key(String thread) {
        try {
            byte[] both = (thread.length() + " " + thread + " " + value).getBytes(StandardCharsets.UTF_8);
            return PREFIX
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(both));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// The name of the run that an entry began; absent where it began none, or no client of AG-UI has.
    static @Nullable RunName in(AgentEvent event, Principal owner) {
        String sender = null;
        if (event instanceof MessageReceived message) {
            sender = message.connectionId();
        } else if (event instanceof InputResolved resolved && resolved.by() != null) {
            String before = owner.id() + "/";
            sender = resolved.by().startsWith(before) ? resolved.by().substring(before.length()) : null;
        }
        return sender != null && sender.startsWith(PREFIX) ? new RunName(sender.substring(PREFIX.length())) : null;
    }
}
