package dev.dwata.opentelemetry;

import dev.dwata.types.TokenUsage;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.context.Context;
import java.util.List;

/// The two metrics of the conventions for those who call models, with the bucket boundaries they advise.
final class Metrics {
    private static final List<Long> TOKENS = List.of(
            1L,
            4L,
            16L,
            64L,
            256L,
            1_024L,
            4_096L,
            16_384L,
            65_536L,
            262_144L,
            1_048_576L,
            4_194_304L,
            16_777_216L,
            67_108_864L);
    private static final List<Double> SECONDS =
            List.of(0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);

    private final LongHistogram tokens;
    private final DoubleHistogram seconds;

    Metrics(Meter meter) {
        tokens = meter.histogramBuilder("gen_ai.client.token.usage")
                .ofLongs()
                .setUnit("{token}")
                .setDescription("Number of input and output tokens used.")
                .setExplicitBucketBoundariesAdvice(TOKENS)
                .build();
        seconds = meter.histogramBuilder("gen_ai.client.operation.duration")
                .setUnit("s")
                .setDescription("GenAI operation duration.")
                .setExplicitBucketBoundariesAdvice(SECONDS)
                .build();
    }

    /// @param context of the span that the numbers belong to
    void took(long nanos, Attributes attributes, Context context) {
        seconds.record(nanos / 1e9, attributes, context);
    }

    /// What a provider did not tell is not reported.
    void used(TokenUsage usage, Attributes attributes, Context context) {
        if (usage.total() > 0) {
            tokens.record(usage.inputTokens(), with("input", attributes), context);
            tokens.record(usage.outputTokens(), with("output", attributes), context);
        }
    }

    private static Attributes with(String type, Attributes attributes) {
        return attributes.toBuilder().put(GenAi.TOKEN_TYPE, type).build();
    }
}
