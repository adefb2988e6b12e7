package dev.dwata.agent;

import dev.dwata.agent.model.DeltaSink;
import dev.dwata.agent.model.Model;
import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.model.ModelDelta;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.observe.Observed;
import dev.dwata.agent.observe.Outcome;
import dev.dwata.agent.observe.Scope;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Tells observers of each call of a model.
final class WatchedModel implements ModelClient {
    private final Model model;
    private final Observed.Place place;
    private final Scope within;

    /// @param within what the calls are part of
    WatchedModel(Model model, Observed.Place place, Scope within) {
        this.model = model;
        this.place = place;
        this.within = within;
    }

    @Override
    public ModelReply stream(ModelRequest request, DeltaSink sink) throws InterruptedException {
        Observed what =
                new Observed.ModelCall(place, model.provider(), request.model(), request.system(), request.messages());
        try (Scope call = within.begin(what)) {
            Told told = new Told(sink, call);
            try {
                ModelReply reply = model.client().stream(request, told);
                call.end(new Outcome.Answered(
                        reply.parts(), reply.usage(), reply.stopReason(), reply.answeredBy(), told.firstDelta));
                return reply;
            } catch (AgentException e) {
                call.end(new Outcome.Failed(e.error()));
                throw e;
            } catch (RuntimeException e) {
                call.end(new Outcome.Failed(new AgentError.Internal("internal error")));
                throw e;
            }
        }
    }

    /// Passes everything on, and knows when the first of it came.
    private static final class Told implements DeltaSink {
        private final long begun = System.nanoTime();
        private final DeltaSink sink;
        private final Scope call;
        private @Nullable Duration firstDelta;

        Told(DeltaSink sink, Scope call) {
            this.sink = sink;
            this.call = call;
        }

        @Override
        public void accept(ModelDelta delta) throws InterruptedException {
            if (firstDelta == null && (delta instanceof ModelDelta.Text || delta instanceof ModelDelta.Reasoning)) {
                firstDelta = Duration.ofNanos(System.nanoTime() - begun);
            }
            sink.accept(delta);
        }

        @Override
        public Scope scope() {
            return call;
        }
    }
}
