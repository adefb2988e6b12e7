package dev.dwata.opentelemetry;

import dev.dwata.agent.observe.Observation;
import dev.dwata.agent.observe.Observed;
import dev.dwata.agent.observe.Observer;
import dev.dwata.agent.observe.Outcome;
import dev.dwata.agent.redaction.Redaction;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes spans and metrics of what runs do, after the semantic conventions for generative AI:
///
///     invoke_agent {agent}
///       dwata.queue
///       chat {model}
///       dwata.compaction: chat {model}
///       execute_tool {tool}: dwata.input, invoke_agent {agent}
///
/// A span's parent is what the observed is a part of; the thread's current span plays no role, so that what
/// happens on other threads stays where it belongs. Requests that failed and were sent again are events of
/// their `chat` span. Also measures `gen_ai.client.token.usage` and `gen_ai.client.operation.duration`.
public final class OpenTelemetryObserver implements Observer {
    private static final String NAME = "dev.dwata";

    private final Tracer tracer;
    private final ModelSpans models;
    private final ToolSpans tools;

    private OpenTelemetryObserver(OpenTelemetry telemetry, @Nullable Content content) {
        this.tracer = telemetry.getTracer(NAME);
        this.models = new ModelSpans(new Metrics(telemetry.getMeter(NAME)), content);
        this.tools = new ToolSpans(content);
    }

    /// Records names, numbers and ids; nothing that people, models or tools say.
    public static OpenTelemetryObserver of(OpenTelemetry telemetry) {
        return new OpenTelemetryObserver(telemetry, null);
    }

    /// Records also instructions, messages, arguments and results.
    ///
    /// @param redaction of all of it, usually that of the runtime
    public static OpenTelemetryObserver withContent(OpenTelemetry telemetry, Redaction redaction) {
        return new OpenTelemetryObserver(telemetry, new Content(redaction));
    }

    @Override
    public @Nullable Observation begin(Observed what, @Nullable Observation parent) {
        SpanObservation within = parent instanceof SpanObservation observation ? observation : null;
        return switch (what) {
            case Observed.Run it -> run(it, within);
            case Observed.ModelCall it -> models.begin(it, span("chat " + it.model(), it, within));
            case Observed.ToolCall it -> tools.begin(it, span("execute_tool " + it.toolName(), it, within));
            case Observed.QueueWait it -> wait(span("dwata.queue", it, within));
            case Observed.Compaction it -> wait(span("dwata.compaction", it, within));
            case Observed.InputWait it ->
                wait(span("dwata.input", it, within).setAttribute(GenAi.INPUT_KIND, it.kind()));
            case Observed.Attempt it -> within == null ? null : attempt(it, within);
        };
    }

    private SpanBuilder span(String name, Observed what, @Nullable SpanObservation within) {
        Observed.Place place = what.place();
        SpanBuilder builder = tracer.spanBuilder(name)
                .setAttribute(GenAi.CONVERSATION, place.session().value())
                .setAttribute(GenAi.AGENT_NAME, place.agent())
                .setAttribute(GenAi.RUN, place.run().value());
        return within == null ? builder.setNoParent() : builder.setParent(within.context());
    }

    private SpanObservation run(Observed.Run run, @Nullable SpanObservation within) {
        Span span = span("invoke_agent " + run.place().agent(), run, within)
                .setAttribute(GenAi.OPERATION, "invoke_agent")
                .startSpan();
        return opened(span, outcome -> {
            if (outcome instanceof Outcome.Completed done) {
                span.setAttribute(GenAi.INPUT_TOKENS, done.usage().inputTokens());
                span.setAttribute(GenAi.OUTPUT_TOKENS, done.usage().outputTokens());
                span.setAttribute(GenAi.TURNS, (long) done.turns());
            }
        });
    }

    private static SpanObservation wait(SpanBuilder builder) {
        return opened(builder.setSpanKind(SpanKind.INTERNAL).startSpan(), outcome -> {});
    }

    /// @param end says what the span does not yet say; failures are said here
    static SpanObservation opened(Span span, Consumer<Outcome> end) {
        return new SpanObservation(span, Context.root().with(span), outcome -> {
            String error = errorType(outcome);
            if (error != null) {
                span.setAttribute(GenAi.ERROR_TYPE, error);
                span.setStatus(StatusCode.ERROR);
            }
            end.accept(outcome);
        });
    }

    /// Nothing that was said: the message of an error may quote anything.
    static @Nullable String errorType(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Failed failed -> failed.error().code().name();
            case Outcome.Stopped stopped -> "CANCELLED";
            case Outcome.Returned returned -> returned.error() == null ? null : "TOOL_FAILED";
            case Outcome.Done done -> null;
            case Outcome.Completed completed -> null;
            case Outcome.Answered answered -> null;
        };
    }

    private static Observation attempt(Observed.Attempt attempt, SpanObservation call) {
        return outcome -> {
            String error = errorType(outcome);
            if (error != null) {
                call.span()
                        .addEvent(
                                "dwata.attempt_failed",
                                Attributes.of(
                                        GenAi.REQUEST_MODEL,
                                        attempt.model(),
                                        GenAi.ATTEMPT,
                                        (long) attempt.number(),
                                        GenAi.ERROR_TYPE,
                                        error));
            }
        };
    }
}
