package dev.dwata.gateway.agui;

import dev.dwata.types.AgentEvent.TurnCompleted;
import dev.dwata.types.RunId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What a model says and thinks in the turn that is under way, as messages that are opened and closed. Their
/// ids follow from the run, the turn and their number in it.
final class SpokenTurn {
    private final RunId run;
    private final List<ObjectNode> out;
    private final StringBuilder said = new StringBuilder();
    private int turn;
    private int messages;
    private @Nullable String text;
    private @Nullable String lastText;
    private @Nullable String thought;

    /// @param out where events are added
    SpokenTurn(RunId run, List<ObjectNode> out) {
        this.run = run;
        this.out = out;
    }

    void says(int of, String delta) {
        if (delta.isEmpty()) {
            return;
        }
        enter(of);
        closeThought();
        String id = text;
        if (id == null) {
            id = nextId();
            out.add(ChatEvents.textStart(id));
            text = id;
            lastText = id;
        }
        said.append(delta);
        out.add(ChatEvents.text(id, delta));
    }

    void thinks(int of, String delta) {
        if (delta.isEmpty()) {
            return;
        }
        enter(of);
        closeText();
        String id = thought;
        if (id == null) {
            id = nextId();
            out.addAll(ChatEvents.reasoningStart(id));
            thought = id;
        }
        out.add(ChatEvents.reasoning(id, delta));
    }

    /// What was said is void. It cannot be taken back from a client, so what comes is a message of its own.
    void beginAgain(int of) {
        enter(of);
        close();
        said.setLength(0);
        lastText = null;
    }

    /// Says what the turn's message has beyond what was said, and closes it.
    ///
    /// @return the id of the message that its tool calls belong to
    String complete(TurnCompleted completed) {
        enter(completed.turn());
        String whole = completed.message().text();
        if (whole.startsWith(said.toString())) {
            says(completed.turn(), whole.substring(said.length()));
        }
        close();
        return lastText == null ? nextId() : lastText;
    }

    void close() {
        closeThought();
        closeText();
    }

    private void enter(int of) {
        if (of != turn) {
            close();
            turn = of;
            messages = 0;
            said.setLength(0);
            lastText = null;
        }
    }

    private String nextId() {
        messages++;
        return run.value() + "-" + turn + "-" + messages;
    }

    private void closeText() {
        if (text != null) {
            out.add(ChatEvents.textEnd(text));
            text = null;
        }
    }

    private void closeThought() {
        if (thought != null) {
            out.addAll(ChatEvents.reasoningEnd(thought));
            thought = null;
        }
    }
}
