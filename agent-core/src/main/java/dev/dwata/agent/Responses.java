package dev.dwata.agent;

import dev.dwata.agent.redaction.Redaction;
import dev.dwata.agent.store.Refusal;
import dev.dwata.agent.store.Store;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.AgentException;
import dev.dwata.types.InputDecision;
import dev.dwata.types.InputId;
import dev.dwata.types.InputRequest;
import dev.dwata.types.InputResponse;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Takes the answers to what runs wait for, wherever those runs are. Of two answers the store takes the first.
final class Responses {
    private final Store store;
    private final Redaction redaction;
    private final Secrets secrets;
    private final InstantSource clock;

    Responses(Store store, Redaction redaction, Secrets secrets, InstantSource clock) {
        this.store = store;
        this.secrets = secrets;
        this.redaction = redaction;
        this.clock = clock;
    }

    List<InputRequest> open(Principal owner, @Nullable SessionId session) {
        return store.inputs().open(owner, session).stream()
                .filter(request -> request.isOpen(clock.instant()))
                .toList();
    }

    /// @param by who answers, as the log has it
    /// @return as it is in the log
    InputResolved respond(Principal owner, String by, InputId id, InputResponse response) {
        InputRequest request = store.inputs()
                .find(id)
                .filter(found -> found.owner().equals(owner))
                .orElseThrow(() -> Refusal.noInput(id));
        if (request.resolution() == null && !request.isOpen(clock.instant())) {
            resolve(request, InputResolved.unanswered(id, InputDecision.EXPIRED, "nobody answered in time"));
            request = store.inputs().find(id).orElseThrow(() -> Refusal.noInput(id));
        }
        if (request.resolution() != null) {
            throw Refusal.alreadyResolved(Objects.requireNonNull(request.resolution()));
        }
        InputResolved resolution = withoutSecrets(request, Answers.to(request, by, response, clock.instant()));
        resolve(request, resolution);
        return resolution;
    }

    private InputResolved withoutSecrets(InputRequest request, InputResolved resolution) {
        JsonNode answer = resolution.answer();
        InputResolved named =
                answer == null ? resolution : resolution.withAnswer(secrets.keep(request.asked(), answer));
        return redaction.event(named) instanceof InputResolved clean ? clean : named;
    }

    private void resolve(InputRequest request, InputResolved resolution) {
        try {
            store.log().append(request.sessionId(), request.runId(), resolution);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AgentException(new AgentError.Interrupted("interrupted before the answer was taken"), e);
        } catch (AgentException e) {
            if (e.error() instanceof AgentError.Conflict) {
                throw Refusal.alreadyResolved(
                        InputResolved.unanswered(request.id(), InputDecision.CANCELLED, "the run is over"));
            }
            throw e;
        }
    }
}
