package dev.dwata.opentelemetry;

import dev.dwata.agent.observe.Observed.ModelCall;
import dev.dwata.agent.observe.Outcome;
import dev.dwata.types.Message;
import dev.dwata.types.Role;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `chat` spans, and the metrics that belong to them.
final class ModelSpans {
    private final Metrics metrics;
    private final @Nullable Content content;

    /// @param content absent where nothing that was said is recorded
    ModelSpans(Metrics metrics, @Nullable Content content) {
        this.metrics = metrics;
        this.content = content;
    }

    SpanObservation begin(ModelCall call, SpanBuilder builder) {
        builder.setSpanKind(SpanKind.CLIENT)
                .setAttribute(GenAi.OPERATION, "chat")
                .setAttribute(GenAi.PROVIDER, GenAi.provider(call.provider()))
                .setAttribute(GenAi.REQUEST_MODEL, call.model())
                .setAttribute(GenAi.REQUEST_STREAM, true);
        Span span = builder.startSpan();
        if (content != null && span.isRecording()) {
            if (call.system() != null) {
                span.setAttribute(GenAi.SYSTEM, content.instructions(call.system()));
            }
            span.setAttribute(GenAi.INPUT, content.messages(call.messages()));
        }
        long begun = System.nanoTime();
        return OpenTelemetryObserver.opened(span, outcome -> end(call, span, outcome, System.nanoTime() - begun));
    }

    private void end(ModelCall call, Span span, Outcome outcome, long nanos) {
        Context context = Context.root().with(span);
        AttributesBuilder measured = Attributes.builder()
                .put(GenAi.OPERATION, "chat")
                .put(GenAi.PROVIDER, GenAi.provider(call.provider()))
                .put(GenAi.REQUEST_MODEL, call.model())
                .put(GenAi.AGENT_NAME, call.place().agent());
        if (outcome instanceof Outcome.Answered answer) {
            String model = model(call, answer);
            measured.put(GenAi.RESPONSE_MODEL, model);
            metrics.used(answer.usage(), measured.build(), context);
            say(span, answer, model);
        }
        String error = OpenTelemetryObserver.errorType(outcome);
        if (error != null) {
            measured.put(GenAi.ERROR_TYPE, error);
        }
        metrics.took(nanos, measured.build(), context);
    }

    private static String model(ModelCall call, Outcome.Answered answer) {
        String id = answer.model();
        return id == null ? call.model() : id.substring(id.indexOf('/') + 1);
    }

    private void say(Span span, Outcome.Answered answer, String model) {
        String finish = answer.stopReason().name().toLowerCase(Locale.ROOT);
        span.setAttribute(GenAi.RESPONSE_MODEL, model);
        span.setAttribute(GenAi.FINISH_REASONS, List.of(finish));
        if (answer.usage().total() > 0) {
            span.setAttribute(GenAi.INPUT_TOKENS, answer.usage().inputTokens());
            span.setAttribute(GenAi.OUTPUT_TOKENS, answer.usage().outputTokens());
            span.setAttribute(GenAi.CACHE_READ, answer.usage().cachedTokens());
            span.setAttribute(GenAi.CACHE_WRITE, answer.usage().cacheWriteTokens());
        }
        Double cost = answer.usage().costUsd();
        if (cost != null) {
            span.setAttribute(GenAi.COST, cost);
        }
        if (answer.firstDelta() != null) {
            span.setAttribute(GenAi.FIRST_CHUNK, answer.firstDelta().toNanos() / 1e9);
        }
        if (content != null) {
            span.setAttribute(GenAi.OUTPUT, content.reply(new Message(Role.ASSISTANT, answer.parts()), finish));
        }
    }
}
