package dev.dwata.gateway.openai;

import dev.dwata.gateway.http.Patience;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.AttemptReset;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.AgentEvent.RunCancelled;
import dev.dwata.types.AgentEvent.RunCompleted;
import dev.dwata.types.AgentEvent.RunFailed;
import dev.dwata.types.AgentEvent.Token;
import dev.dwata.types.AgentEvent.ToolCalled;
import dev.dwata.types.AgentEvent.TurnCompleted;
import dev.dwata.types.AgentException;
import dev.dwata.types.Envelope;
import dev.dwata.types.InputKind;
import dev.dwata.types.TokenUsage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes one answer of a run's events: everything that the model says from one message to the end of the run,
/// or to where it waits for the caller's tools.
final class AnswerReader {
    /// How soon it is noticed that the caller has gone.
    private static final Duration LOOK = Duration.ofMillis(500);

    /// Calls of one reply are made one after the other: those that come within this time go out together.
    private static final Duration TOGETHER = Duration.ofMillis(250);

    private final ChatRun run;
    private final boolean structured;
    private final Listener listener;
    private final StringBuilder text = new StringBuilder();
    private final List<InputRequested> calls = new ArrayList<>();
    private TokenUsage used = TokenUsage.ZERO;
    private boolean separate;
    private boolean acted;

    /// @param structured whether the answer counts only when it is whole
    AnswerReader(ChatRun run, boolean structured, Listener listener) {
        this.run = run;
        this.structured = structured;
        this.listener = listener;
    }

    /// @throws IOException          if the caller cannot be told
    /// @throws InterruptedException if the gateway does not wait any longer
    Ending read(Patience patience) throws IOException, InterruptedException {
        try {
            while (true) {
                Envelope next = run.events().next(calls.isEmpty() ? LOOK : TOGETHER);
                if (next == null) {
                    if (patience.peerHasGone()) {
                        return new Ending.Unheard();
                    }
                    if (!calls.isEmpty()) {
                        return new Ending.Calls(text.toString(), calls, used);
                    }
                    listener.quiet();
                } else if (run.run().equals(next.runId())) {
                    Ending end = heard(next.event());
                    if (end != null) {
                        return end;
                    }
                }
            }
        } catch (AgentException e) {
            return new Ending.Failed(e.error(), false);
        }
    }

    private @Nullable Ending heard(AgentEvent event) throws IOException {
        if (event instanceof Token more) {
            say(more.content());
        } else if (event instanceof TurnCompleted turn) {
            used = used.plus(turn.usage());
            separate = true;
        } else if (event instanceof AttemptReset) {
            separate = true;
        } else if (event instanceof ToolCalled) {
            acted = true;
        } else if (event instanceof InputRequested asked && asked.kind() == InputKind.CLIENT_TOOL) {
            calls.add(asked);
        } else if (event instanceof AgentEvent.Terminal end) {
            return end(end);
        }
        return null;
    }

    /// What was said before a tool was called stands apart.
    private void say(String more) throws IOException {
        if (structured) {
            return;
        }
        String whole = separate && !text.isEmpty() ? "\n\n" + more : more;
        separate = false;
        text.append(whole);
        listener.text(whole);
    }

    private Ending end(AgentEvent.Terminal end) throws IOException {
        return switch (end) {
            case RunCompleted done -> said(done);
            case RunFailed failed -> new Ending.Failed(failed.error(), !acted);
            case RunCancelled cancelled ->
                new Ending.Failed(new AgentError.Conflict("the run was cancelled: " + cancelled.reason()), false);
        };
    }

    private Ending said(RunCompleted done) throws IOException {
        if ((structured || text.isEmpty()) && !done.content().isEmpty()) {
            text.append(done.content());
            listener.text(done.content());
        }
        return new Ending.Said(text.toString(), done.stopReason(), used);
    }
}
