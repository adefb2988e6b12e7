package dev.dwata.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.Session;
import dev.dwata.agent.model.Model;
import dev.dwata.agent.observe.Observer;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.redaction.Redaction;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.AgentError;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.TokenUsage;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Spans and metrics of real runs, as an SDK exports them.
class OpenTelemetryObserverTest {
    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private final InMemoryMetricReader measured = InMemoryMetricReader.create();
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exported))
                    .build())
            .setMeterProvider(
                    SdkMeterProvider.builder().registerMetricReader(measured).build())
            .build();
    private final ScriptedModel model = new ScriptedModel();

    private record Text(String text) {}

    @AfterEach
    void close() {
        sdk.close();
    }

    private LocalRuntime runtime(Observer observer, Tool... tools) {
        return AgentRuntime.builder()
                .model(new Model("gemini", "script", model))
                .store(new InMemoryStore())
                .tools(List.of(tools))
                .policy(ToolPolicy.allowAll())
                .subAgents(2)
                .observer(observer)
                .build();
    }

    private static Tool tool(Tool.Body<Text> body) {
        return Tool.of(new ToolSpec.Head("test.work", "For a test.", Effect.ONCE, Approval.AUTO), Text.class, body);
    }

    private static ToolOutcome done(Text arguments, ToolContext context) {
        return ToolOutcome.success(Map.of("line", "canary-result"));
    }

    /// The spans as a tree, in the order of their beginnings.
    private String tree() {
        StringBuilder tree = new StringBuilder();
        List<SpanData> spans = exported.getFinishedSpanItems();
        spans.stream()
                .filter(span -> !span.getParentSpanContext().isValid())
                .sorted(Comparator.comparingLong(SpanData::getStartEpochNanos))
                .forEach(root -> append(root, spans, "", tree));
        return tree.toString();
    }

    private static void append(SpanData span, List<SpanData> all, String indent, StringBuilder tree) {
        tree.append(indent).append(span.getName()).append('\n');
        all.stream()
                .filter(child -> child.getParentSpanId().equals(span.getSpanId())
                        && child.getTraceId().equals(span.getTraceId()))
                .sorted(Comparator.comparingLong(SpanData::getStartEpochNanos))
                .forEach(child -> append(child, all, indent + "  ", tree));
    }

    private SpanData span(String name) {
        return exported.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Object value(SpanData span, String key) {
        return span.getAttributes().asMap().entrySet().stream()
                .filter(entry -> entry.getKey().getKey().equals(key))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("absent");
    }

    @Test
    void nestsCallsToolsAndSubAgentsUnderStreaming() {
        model.turn(turn -> turn.says("Let me ", "see.").calls("test.work", "{\"text\":\"x\"}"))
                .calls("agent.run", "{\"task\":\"Look.\"}")
                .says("It ", "is there.")
                .says("Done.");
        try (LocalRuntime runtime = runtime(OpenTelemetryObserver.of(sdk), tool(OpenTelemetryObserverTest::done))) {
            runtime.createSession().prompt("Work.").await();
        }

        assertThat(tree()).isEqualTo("""
                invoke_agent default
                  dwata.queue
                  chat script
                  execute_tool test.work
                  chat script
                  execute_tool agent.run
                    invoke_agent default
                      dwata.queue
                      chat script
                  chat script
                """);
    }

    @Test
    void keepsSubAgentsThatWorkAtTheSameTimeApart() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        Tool meets = tool((arguments, context) -> {
            both.countDown();
            assertThat(both.await(20, TimeUnit.SECONDS)).isTrue();
            return ToolOutcome.success(Map.of());
        });
        model.turn(turn -> turn.calls("agent.run", "{\"task\":\"One.\"}").calls("agent.run", "{\"task\":\"Two.\"}"))
                .calls("test.work", "{\"text\":\"x\"}")
                .calls("test.work", "{\"text\":\"x\"}")
                .says("Found.")
                .says("Found.")
                .says("Done.");
        try (LocalRuntime runtime = runtime(OpenTelemetryObserver.of(sdk), meets)) {
            runtime.createSession().prompt("Both.").await();
        }

        String child = """
                  execute_tool agent.run
                    invoke_agent default
                      dwata.queue
                      chat script
                      execute_tool test.work
                      chat script
                """;
        assertThat(tree())
                .isEqualTo("invoke_agent default\n  dwata.queue\n  chat script\n" + child.indent(0) + child
                        + "  chat script\n");
    }

    @Test
    void namesModelUsageAndConversationAsTheConventionsDo() {
        model.turn(turn -> turn.calls("test.work", "{\"text\":\"canary-arguments\"}")
                        .uses(new TokenUsage(70, 5, 20, 0.25, 3)))
                .says("canary-answer");
        Session session;
        try (LocalRuntime runtime = runtime(OpenTelemetryObserver.of(sdk), tool(OpenTelemetryObserverTest::done))) {
            session = runtime.createSession();
            session.prompt("canary-question").await();
        }

        SpanData chat = span("chat script");
        assertThat(chat.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(value(chat, "gen_ai.operation.name")).isEqualTo("chat");
        assertThat(value(chat, "gen_ai.provider.name")).isEqualTo("gcp.gemini");
        assertThat(value(chat, "gen_ai.request.model")).isEqualTo("script");
        assertThat(value(chat, "gen_ai.response.model")).isEqualTo("script");
        assertThat(value(chat, "gen_ai.usage.input_tokens")).isEqualTo(70L);
        assertThat(value(chat, "gen_ai.usage.output_tokens")).isEqualTo(5L);
        assertThat(value(chat, "gen_ai.usage.cache_read.input_tokens")).isEqualTo(20L);
        assertThat(value(chat, "gen_ai.usage.cache_creation.input_tokens")).isEqualTo(3L);
        assertThat(value(chat, "gen_ai.agent.name")).isEqualTo("default");
        assertThat(value(chat, "gen_ai.conversation.id")).isEqualTo(session.id().value());
        SpanData tool = span("execute_tool test.work");
        assertThat(value(tool, "gen_ai.operation.name")).isEqualTo("execute_tool");
        assertThat(value(tool, "gen_ai.tool.name")).isEqualTo("test.work");
        assertThat(value(tool, "gen_ai.tool.call.id")).isNotEqualTo("absent");
        SpanData run = span("invoke_agent default");
        assertThat(value(run, "gen_ai.operation.name")).isEqualTo("invoke_agent");
        assertThat(value(run, "gen_ai.usage.input_tokens")).isEqualTo(70L);
        assertThat(exported.getFinishedSpanItems().toString()).doesNotContain("canary");
    }

    @Test
    void saysWhatFailedByItsCodeAndNothingOfItsMessage() {
        model.fails(new AgentError.ModelRejected("canary-error", 400));
        try (LocalRuntime runtime = runtime(OpenTelemetryObserver.of(sdk))) {
            runtime.createSession().prompt("Hello.").await();
        }

        assertThat(List.of(span("chat script"), span("invoke_agent default"))).allSatisfy(span -> {
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(value(span, "error.type")).isEqualTo("MODEL_REJECTED");
        });
        assertThat(exported.getFinishedSpanItems().toString()).doesNotContain("canary");
    }

    @Test
    void measuresTokensAndDurations() {
        model.turn(turn -> turn.says("Hello.").uses(new TokenUsage(70, 5, 20, null)));
        try (LocalRuntime runtime = runtime(OpenTelemetryObserver.of(sdk))) {
            runtime.createSession().prompt("Hello.").await();
        }

        Map<String, HistogramPointData> tokens =
                metric("gen_ai.client.token.usage").getHistogramData().getPoints().stream()
                        .collect(Collectors.toMap(
                                point -> Objects.requireNonNull(
                                        point.getAttributes().get(AttributeKey.stringKey("gen_ai.token.type"))),
                                point -> point));
        assertThat(tokens.get("input").getSum()).isEqualTo(70);
        assertThat(tokens.get("output").getSum()).isEqualTo(5);
        HistogramPointData duration = metric("gen_ai.client.operation.duration").getHistogramData().getPoints().stream()
                .findFirst()
                .orElseThrow();
        assertThat(duration.getCount()).isEqualTo(1);
        assertThat(duration.getBoundaries()).startsWith(0.01, 0.02).endsWith(81.92);
        assertThat(duration.getAttributes().get(AttributeKey.stringKey("gen_ai.provider.name")))
                .isEqualTo("gcp.gemini");
    }

    private MetricData metric(String name) {
        return measured.collectAllMetrics().stream()
                .filter(metric -> metric.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void recordsWhatWasSaidOnlyWhereThatWasAskedForAndWithoutSecrets() {
        model.calls("test.work", "{\"text\":\"canary-arguments\"}").says("canary-answer sesame-secret");
        Observer observer = OpenTelemetryObserver.withContent(sdk, Redaction.of(List.of("sesame-secret")));
        try (LocalRuntime runtime = runtime(observer, tool(OpenTelemetryObserverTest::done))) {
            runtime.createSession().prompt("canary-question").await();
        }

        assertThat(value(span("chat script"), "gen_ai.input.messages"))
                .isEqualTo("[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"canary-question\"}]}]");
        SpanData tool = span("execute_tool test.work");
        assertThat(value(tool, "gen_ai.tool.call.arguments")).isEqualTo("{\"text\":\"canary-arguments\"}");
        assertThat(value(tool, "gen_ai.tool.call.result")).isEqualTo("{\"success\":true,\"line\":\"canary-result\"}");
        assertThat(exported.getFinishedSpanItems().toString())
                .contains("canary-answer [redacted]")
                .doesNotContain("sesame");
    }

    @Test
    void givesToolsTheSpanToPutTheirOwnUnder() {
        model.calls("test.work", "{\"text\":\"x\"}").says("Done.");
        Tool traced = tool((arguments, context) -> {
            // region own-span
            SpanObservation call = context.scope().find(SpanObservation.class);
            var mine = sdk.getTracer("my-tool").spanBuilder("look up").setParent(call.context());
            mine.startSpan().end();
            // endregion
            return ToolOutcome.success(Map.of());
        });
        try (LocalRuntime runtime = runtime(OpenTelemetryObserver.of(sdk), traced)) {
            runtime.createSession().prompt("Work.").await();
        }

        assertThat(tree()).contains("  execute_tool test.work\n    look up\n");
    }

    @Test
    void isAddedToARuntimeInOneLine() {
        OpenTelemetry telemetry = sdk;
        model.says("Hello.");
        Model asked = new Model("scripted", "script", model);
        InMemoryStore store = new InMemoryStore();
        // region observer
        try (LocalRuntime runtime = AgentRuntime.builder()
                .model(asked)
                .store(store)
                .observer(OpenTelemetryObserver.of(telemetry))
                .build()) {
            runtime.createSession().prompt("Hello").await();
        }
        // endregion

        assertThat(tree()).startsWith("invoke_agent default\n");
    }
}
