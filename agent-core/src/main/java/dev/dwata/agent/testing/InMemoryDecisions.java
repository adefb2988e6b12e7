package dev.dwata.agent.testing;

import dev.dwata.agent.store.AuditChain;
import dev.dwata.agent.store.Projection.InputSettled;
import dev.dwata.agent.store.Projection.ToolEnded;
import dev.dwata.agent.store.Projection.ToolStarted;
import dev.dwata.agent.store.Refusal;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.AuditEntry;
import dev.dwata.types.CallDecision;
import dev.dwata.types.Envelope;
import dev.dwata.types.InputId;
import dev.dwata.types.InputRequest;
import dev.dwata.types.PolicyRule;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.RunInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// What was asked and decided about the tool calls of an [InMemoryStore].
final class InMemoryDecisions {
    final Map<InputId, InputRequest> requests = new LinkedHashMap<>();
    final Map<String, PolicyRule> rules = new LinkedHashMap<>();
    final List<Kept> audit = new ArrayList<>();

    record Kept(Principal owner, AuditEntry entry) {}

    void checkNew(InputRequested asked) {
        if (requests.containsKey(asked.requestId())) {
            throw Refusal.inputExists(asked.requestId());
        }
    }

    void checkOpen(RunInfo run, InputSettled settled) {
        InputId id = settled.resolution().requestId();
        InputRequest request = requests.get(id);
        if (request == null || !request.runId().equals(run.id())) {
            throw Refusal.noInput(id);
        }
        if (request.resolution() != null) {
            throw Refusal.alreadyResolved(request.resolution());
        }
        settled.rule(run.owner()); // refuses what is none
    }

    void called(RunInfo run, ToolStarted call, Envelope entry) {
        CallDecision decision = call.decision();
        if (decision != null) {
            write(
                    run.owner(),
                    entry,
                    AuditChain.decided(run.id(), run.owner(), call.toolCallId(), call.toolName(), decision));
        }
    }

    void asked(RunInfo run, InputRequested asked, Envelope entry) {
        requests.put(
                asked.requestId(),
                new InputRequest(run.sessionId(), run.id(), run.owner(), asked, entry.seq(), entry.time(), null));
    }

    InputRequest resolved(InputSettled settled, Envelope entry) {
        InputResolved resolution = settled.resolution();
        InputRequest open = Objects.requireNonNull(requests.get(resolution.requestId()));
        requests.put(
                open.id(),
                new InputRequest(
                        open.sessionId(),
                        open.runId(),
                        open.owner(),
                        open.asked(),
                        open.seq(),
                        open.createdAt(),
                        resolution));
        AuditChain.Line line = AuditChain.resolved(open, resolution);
        if (line != null) {
            write(open.owner(), entry, line);
        }
        PolicyRule rule = settled.rule(open.owner());
        if (rule != null) {
            rules.putIfAbsent(rule.id(), rule);
        }
        return open;
    }

    void begun(RunInfo run, String toolName, String toolCallId, Envelope entry) {
        write(run.owner(), entry, AuditChain.begun(run.id(), run.owner(), toolCallId, toolName));
    }

    void ended(RunInfo run, ToolEnded ended, Envelope entry) {
        write(run.owner(), entry, AuditChain.ended(run.id(), run.owner(), ended));
    }

    boolean isAwaited(RunId run) {
        return open(run).findAny().isPresent();
    }

    boolean isAwaited(RunId run, String toolCallId) {
        return open(run).anyMatch(request -> request.asked().toolCallId().equals(toolCallId));
    }

    private Stream<InputRequest> open(RunId run) {
        return requests.values().stream()
                .filter(request -> request.runId().equals(run) && request.resolution() == null);
    }

    private void write(Principal owner, Envelope entry, AuditChain.Line line) {
        String before = audit.isEmpty() ? null : audit.getLast().entry().hash();
        audit.add(new Kept(owner, AuditChain.chained(audit.size() + 1L, before, entry, line)));
    }
}
