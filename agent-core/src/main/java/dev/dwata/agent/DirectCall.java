package dev.dwata.agent;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.RunCancelled;
import dev.dwata.types.AgentEvent.RunFailed;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.AgentException;
import dev.dwata.types.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A call of one tool that a person or a program makes itself, without a model to decide on it.
///
/// It is a run like any other, whose model makes this call and no other: the tools are those of the session's
/// agent, the policy decides and the audit tells of it, whoever must agree is asked where they are always
/// asked, it is seen and can be stopped among the processes, and a crash loses none of it. So it needs
/// nothing but a prompt, which any door and any deployment takes.
public record DirectCall(String tool, ObjectNode arguments) {
    /// The model that makes such calls. It is not listed, and asks nobody.
    public static final String MODEL = "dwata/call";

    private static final String VERB = "call ";

    /// A prompt that makes the call.
    public Prompt prompt() {
        return Prompt.of(VERB + tool + " " + arguments).withModel(MODEL);
    }

    /// The call that a message asks for.
    ///
    /// @return absent where it asks for none
    static @Nullable DirectCall in(String message) {
        int space = message.indexOf(' ', VERB.length());
        if (!message.startsWith(VERB) || space < 0) {
            return null;
        }
        try {
            JsonNode arguments = Json.STRICT.readTree(message.substring(space + 1));
            return arguments instanceof ObjectNode object
                    ? new DirectCall(message.substring(VERB.length(), space), object)
                    : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    /// Waits for what came of a call. Counts as the one iteration of its run.
    ///
    /// @throws AgentException if its run ended before it was made: with why, or `Conflict` where it was
    ///                        cancelled
    public static ToolReturned outcome(Run run) {
        ToolReturned returned = null;
        for (AgentEvent event : run) {
            if (event instanceof ToolReturned it) {
                returned = it;
            } else if (event instanceof RunCancelled end) {
                throw new AgentException(new AgentError.Conflict("the call was cancelled: " + end.reason()));
            } else if (event instanceof RunFailed end && returned == null) {
                throw new AgentException(end.error());
            }
        }
        if (returned == null) {
            throw new AgentException(
                    new AgentError.InvalidRequest("no tool was called: " + MODEL + " takes only calls"));
        }
        return returned;
    }
}
