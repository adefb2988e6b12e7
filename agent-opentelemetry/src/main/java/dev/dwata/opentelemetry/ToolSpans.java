package dev.dwata.opentelemetry;

import dev.dwata.agent.observe.Observed.ToolCall;
import dev.dwata.agent.observe.Outcome;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import org.jspecify.annotations.Nullable;

/// `execute_tool` spans.
final class ToolSpans {
    private final @Nullable Content content;

    /// @param content absent where nothing that was said is recorded
    ToolSpans(@Nullable Content content) {
        this.content = content;
    }

    SpanObservation begin(ToolCall call, SpanBuilder builder) {
        Span span = builder.setSpanKind(SpanKind.INTERNAL)
                .setAttribute(GenAi.OPERATION, "execute_tool")
                .setAttribute(GenAi.TOOL_NAME, call.toolName())
                .setAttribute(GenAi.TOOL_CALL, call.toolCallId())
                .setAttribute(GenAi.TOOL_TYPE, "function")
                .startSpan();
        if (content != null) {
            span.setAttribute(GenAi.TOOL_ARGUMENTS, content.tree(call.arguments()));
        }
        return OpenTelemetryObserver.opened(span, outcome -> {
            if (content != null && outcome instanceof Outcome.Returned returned) {
                span.setAttribute(GenAi.TOOL_RESULT, content.tree(returned.result()));
            }
        });
    }
}
