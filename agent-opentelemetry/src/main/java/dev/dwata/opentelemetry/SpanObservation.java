package dev.dwata.opentelemetry;

import dev.dwata.agent.observe.Observation;
import dev.dwata.agent.observe.Outcome;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import java.util.function.Consumer;

/// A span that is open. For tools that want spans of their own within it:
///
///     SpanObservation observation = context.scope().find(SpanObservation.class);
///     Span mine = tracer.spanBuilder("mine").setParent(observation.context()).startSpan();
public final class SpanObservation implements Observation {
    private final Span span;
    private final Context context;
    private final Consumer<Outcome> end;

    SpanObservation(Span span, Context context, Consumer<Outcome> end) {
        this.span = span;
        this.context = context;
        this.end = end;
    }

    /// What the span is the current one of.
    public Context context() {
        return context;
    }

    Span span() {
        return span;
    }

    @Override
    public void end(Outcome outcome) {
        try {
            end.accept(outcome);
        } finally {
            span.end();
        }
    }
}
