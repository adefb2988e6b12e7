package dev.dwata.gateway.agui;

import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.store.Store;
import dev.dwata.gateway.agui.ChatRequest.ResumeEntry;
import dev.dwata.gateway.agui.ChatRequest.ToolResult;
import dev.dwata.gateway.auth.Caller;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.gateway.http.Asked;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.InputId;
import dev.dwata.types.InputKind;
import dev.dwata.types.InputRequest;
import dev.dwata.types.InputResponse;
import dev.dwata.types.RunInfo;
import dev.dwata.types.SessionId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Answers to what runs wait for. The first answer counts, wherever it came from: who answers late is shown how
/// the run went on.
final class ChatAnswers {
    private final LocalRuntime runtime;
    private final Store store;
    private final Segments segments;

    ChatAnswers(LocalRuntime runtime, Store store, Segments segments) {
        this.runtime = runtime;
        this.store = store;
        this.segments = segments;
    }

    /// What is to be answered, with the answers; all of one run.
    record Batch(RunInfo run, Map<InputRequest, InputResponse> answers) {}

    /// @throws AgentException naming the entry that is wrong; then nothing is answered
    Batch resumed(Caller caller, SessionId session, List<ResumeEntry> entries) {
        Map<InputRequest, InputResponse> answers = new LinkedHashMap<>();
        for (ResumeEntry entry : entries) {
            InputRequest request = request(caller, session, entry.interruptId());
            answers.put(request, Payload.of(request.asked(), entry));
        }
        return batch(answers);
    }

    /// The calls of client's tools that wait for what some messages say.
    ///
    /// @return empty where none of them waits
    Optional<Batch> returned(Caller caller, SessionId session, List<ToolResult> results) {
        Map<InputRequest, InputResponse> answers = new LinkedHashMap<>();
        for (InputRequest open : open(caller, session)) {
            for (ToolResult result : results) {
                if (open.asked().kind() == InputKind.CLIENT_TOOL
                        && open.asked().toolCallId().equals(result.toolCallId())) {
                    answers.put(open, Payload.of(result));
                }
            }
        }
        return answers.isEmpty() ? Optional.empty() : Optional.of(batch(answers));
    }

    /// What a session itself waits for from clients of AG-UI, oldest first.
    List<InputRequest> open(Caller caller, SessionId session) {
        return runtime.as(caller.principal()).inputs(session).stream()
                .filter(open -> open.sessionId().equals(session)
                        && RunName.isForUs(open.asked().target()))
                .toList();
    }

    private InputRequest request(Caller caller, SessionId session, String id) {
        try {
            return store.inputs()
                    .find(new InputId(id))
                    .filter(found -> found.owner().equals(caller.principal()))
                    .filter(found -> found.sessionId().equals(session))
                    .orElseThrow(() -> new AgentException(
                            new AgentError.NotFound("there is no interrupt " + id + " in this thread")));
        } catch (IllegalArgumentException e) {
            throw Asked.invalid("interruptId: " + e.getMessage());
        }
    }

    private Batch batch(Map<InputRequest, InputResponse> answers) {
        InputRequest first = answers.keySet().iterator().next();
        if (answers.keySet().stream().anyMatch(other -> !other.runId().equals(first.runId()))) {
            throw Asked.invalid("what is answered together must be of one run");
        }
        RunInfo run = store.runs()
                .find(first.runId())
                .orElseThrow(() -> new AgentException(new AgentError.NotFound("there is no run " + first.runId())));
        return new Batch(run, answers);
    }

    /// Gives the answers.
    ///
    /// @return the part of the run that they began, by whomever each was given first
    /// @throws AgentException with `Forbidden`, or why an answer does not fit
    Segments.Found give(Caller caller, RunName name, Batch batch) {
        if (batch.answers().keySet().stream().anyMatch(open -> open.asked().kind() != InputKind.CLIENT_TOOL)) {
            caller.require(Scope.APPROVE);
        }
        LocalRuntime own = runtime.as(caller.principal());
        batch.answers().forEach((open, response) -> {
            try {
                own.respond(open.id(), response, name.sender());
            } catch (AgentException e) {
                if (!(e.error() instanceof AgentError.AlreadyResolved)) {
                    throw e;
                }
            }
        });
        List<InputId> ids =
                batch.answers().keySet().stream().map(InputRequest::id).toList();
        return segments.after(batch.run(), Set.copyOf(ids))
                .orElseThrow(() -> new AgentException(new AgentError.Conflict("the run is over")));
    }
}
