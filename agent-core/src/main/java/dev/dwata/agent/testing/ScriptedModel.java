package dev.dwata.agent.testing;

import dev.dwata.agent.model.DeltaSink;
import dev.dwata.agent.model.Model;
import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.model.Models;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A model for tests that says what it was told to say: one scripted turn for each time it is asked, in order.
///
///     ScriptedModel model = new ScriptedModel()
///             .calls("filesystem.read", "{\"path\":\"notes.txt\"}")
///             .turn(t -> t.thinks("Short.").says("It says ", "hello."))
///             .fails(new AgentError.ModelUnavailable("busy", null));
///
/// Each method adds one whole turn; [#turn] adds one of several steps. Asked more often than scripted, it
/// throws an [AgentException] that says so. May be used from many threads; turns are handed out in the order of
/// the calls.
public final class ScriptedModel implements ModelClient {
    private final List<ScriptedTurn> turns = new ArrayList<>();
    private final List<ModelRequest> requests = new ArrayList<>();
    private int calls;
    private boolean byConversation;

    /// A turn that answers with text; each part is one delta.
    public ScriptedModel says(String... parts) {
        return turn(turn -> turn.says(parts));
    }

    /// A turn that calls one tool.
    ///
    /// @param arguments JSON; what is not a JSON object reaches the run as a string of the raw text, as it
    ///                  would from a provider
    public ScriptedModel calls(String toolName, String arguments) {
        return turn(turn -> turn.calls(toolName, arguments));
    }

    /// A turn that fails before it says anything.
    public ScriptedModel fails(AgentError error) {
        return turn(turn -> turn.fails(error));
    }

    /// A turn that says `text` and is then cut off: [AgentError.StreamIncomplete].
    public ScriptedModel cutsAfter(String text) {
        return turn(turn -> turn.says(text).cuts());
    }

    /// A turn of several steps, done in the order they are written.
    public synchronized ScriptedModel turn(Consumer<ScriptedTurn> steps) {
        ScriptedTurn turn = new ScriptedTurn(calls);
        steps.accept(turn);
        calls += turn.callCount();
        turns.add(turn);
        return this;
    }

    /// Hands turns out by the conversation from now on: what it says next is the turn after as many as the
    /// conversation has replies of the model, however often and in whichever process it was asked. So it goes
    /// on where a run was cut off; a turn that fails leaves no reply, and is therefore played for ever.
    public synchronized ScriptedModel byConversation() {
        byConversation = true;
        return this;
    }

    /// What it was asked so far, oldest first.
    public synchronized List<ModelRequest> requests() {
        return List.copyOf(requests);
    }

    /// How many turns of the script are left.
    public synchronized int remaining() {
        return Math.max(0, turns.size() - requests.size());
    }

    /// This model as `scripted/script`, for every name.
    public Models asModels() {
        return Models.only(new Model("scripted", "script", this));
    }

    @Override
    public ModelReply stream(ModelRequest request, DeltaSink sink) throws InterruptedException {
        return next(request).play(sink);
    }

    private synchronized ScriptedTurn next(ModelRequest request) {
        requests.add(request);
        int turn = byConversation ? replies(request) : requests.size() - 1;
        if (turn >= turns.size()) {
            throw new AgentException(new AgentError.ModelRejected(
                    "the script has " + turns.size() + " turns, and the model was asked " + requests.size()
                            + " times; the latest message was " + latest(request),
                    0));
        }
        return turns.get(turn);
    }

    private static int replies(ModelRequest request) {
        return (int) request.messages().stream()
                .filter(message -> message.role() == Role.ASSISTANT)
                .count();
    }

    private static String latest(ModelRequest request) {
        return request.messages().isEmpty()
                ? "none"
                : request.messages().getLast().toString();
    }
}
