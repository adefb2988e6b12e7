package dev.dwata.agent.provider.failures;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.Run;
import dev.dwata.agent.Session;
import dev.dwata.agent.model.Model;
import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.provider.openai.OpenAiClient;
import dev.dwata.agent.provider.resilience.Fallback;
import dev.dwata.agent.provider.resilience.OwnThinking;
import dev.dwata.agent.provider.resilience.Pause;
import dev.dwata.agent.provider.resilience.RetryPolicy;
import dev.dwata.agent.provider.resilience.Retrying;
import dev.dwata.agent.provider.wire.ApiKey;
import dev.dwata.agent.provider.wire.Endpoint;
import dev.dwata.agent.provider.wire.ModelHttp;
import dev.dwata.agent.provider.wire.StreamTimeouts;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.WireServer;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.MessageReceived;
import dev.dwata.types.AgentEvent.RunCompleted;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.AgentEvent.TurnCompleted;
import dev.dwata.types.Approval;
import dev.dwata.types.ClientType;
import dev.dwata.types.Effect;
import dev.dwata.types.MessageId;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// A runtime whose model is a scripted server, asked by the real client over HTTP, with all that is done around
/// its calls; only the waits between attempts take no time.
final class ProviderLab implements AutoCloseable {
    static final String KEY = "sk-secret-0123456789";
    static final MessageId ID = MessageId.create();

    final WireServer server = new WireServer();
    final WireServer standIn = new WireServer();
    /// How long it would have waited each time.
    final List<Duration> waits = new CopyOnWriteArrayList<>();
    /// What the tool was called with, in order.
    final List<String> notes = new CopyOnWriteArrayList<>();

    private StreamTimeouts timeouts = StreamTimeouts.DEFAULT;
    private Pause pause = waits::add;
    private boolean hasStandIn;
    private LocalRuntime runtime;
    private Session session;

    record Note(String text) {}

    ProviderLab timeouts(int firstByte, int idle, int total) {
        timeouts = new StreamTimeouts(
                Duration.ofSeconds(5), Duration.ofMillis(firstByte), Duration.ofMillis(idle), Duration.ofMillis(total));
        return this;
    }

    ProviderLab pause(Pause other) {
        pause = other;
        return this;
    }

    /// Has a second model, at [#standIn], stand in for the first.
    ProviderLab withStandIn() {
        hasStandIn = true;
        return this;
    }

    LocalRuntime runtime() {
        if (runtime == null) {
            Model first = model("lab", server);
            Model model = hasStandIn ? first.through(new Fallback(List.of(first, model("spare", standIn)))) : first;
            runtime = AgentRuntime.builder()
                    .model(model)
                    .store(new InMemoryStore())
                    .tools(List.of(note("test.note", Approval.AUTO), note("test.delete", Approval.CONFIRM)))
                    .build();
        }
        return runtime;
    }

    private Model model(String provider, WireServer at) {
        ModelClient client =
                new OpenAiClient(new Endpoint(provider, at.url(), new ApiKey(KEY)), new ModelHttp(timeouts));
        ModelClient own = new OwnThinking(client, provider + "/m");
        return new Model(provider, "m", new Retrying(own, RetryPolicy.DEFAULT, pause, () -> 0.5));
    }

    /// Notes its text; fails for "fail", and has taken too long for "slow".
    private Tool note(String name, Approval approval) {
        return Tool.of(
                new ToolSpec.Head(name, "Notes a text.", Effect.ONCE, approval), Note.class, (arguments, context) -> {
                    notes.add(arguments.text());
                    return switch (arguments.text()) {
                        case "fail" -> new ToolOutcome.Failure("it was told to");
                        case "slow" -> new ToolOutcome.Failure("it took longer than allowed");
                        default -> ToolOutcome.success(Map.of("noted", arguments.text()));
                    };
                });
    }

    Run prompt(String text) {
        if (session == null) {
            session = runtime().createSession();
        }
        return session.prompt(text);
    }

    /// Everything that is stored of one run, with ids, times and durations made the same.
    List<AgentEvent> run(String text) {
        return events(prompt(text));
    }

    static List<AgentEvent> events(Run run) {
        List<AgentEvent> events = new ArrayList<>();
        for (AgentEvent event : run) {
            if (!(event instanceof AgentEvent.Live)) {
                events.add(plain(event));
            }
        }
        return events;
    }

    private static AgentEvent plain(AgentEvent event) {
        if (event instanceof MessageReceived message) {
            return message(message.content());
        } else if (event instanceof TurnCompleted turn) {
            return new TurnCompleted(turn.turn(), ID, turn.parts(), turn.usage(), turn.stopReason(), turn.model());
        } else if (event instanceof ToolReturned result) {
            return new ToolReturned(
                    result.toolCallId(), result.toolName(), result.success(), result.result(), result.error(), 0);
        } else if (event instanceof RunCompleted end) {
            return new RunCompleted(ID, end.content(), end.totalTokens(), end.usage(), end.stopReason(), end.turns());
        }
        return event;
    }

    static MessageReceived message(String text) {
        return new MessageReceived(ID, Role.USER, text, Instant.EPOCH, ClientType.RUNTIME, null, null);
    }

    static TurnCompleted turn(int turn, String model, Part... parts) {
        boolean calls = List.of(parts).stream().anyMatch(Part.ToolCall.class::isInstance);
        return new TurnCompleted(
                turn, ID, List.of(parts), TokenUsage.ZERO, calls ? StopReason.TOOL_USE : StopReason.END_TURN, model);
    }

    static RunCompleted completed(String text, int turns) {
        return new RunCompleted(ID, text, 0, TokenUsage.ZERO, StopReason.END_TURN, turns);
    }

    /// A piece of text.
    static String text(String text) {
        return "data: {\"choices\":[{\"delta\":{\"content\":\"" + text + "\"},\"finish_reason\":null}]}\n\n";
    }

    /// A piece of a call.
    static String call(int index, String id, String arguments) {
        return "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":" + index + ",\"id\":\"" + id
                + "\",\"function\":{\"name\":\"test__note\",\"arguments\":\"" + arguments.replace("\"", "\\\"")
                + "\"}}]},\"finish_reason\":null}]}\n\n";
    }

    static String end(String reason) {
        return "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}\n\ndata: [DONE]\n\n";
    }

    /// Has the server say a whole answer.
    ProviderLab says(String text) {
        return streams(text(text) + end("stop"));
    }

    ProviderLab streams(String events) {
        server.streams(events.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /// Has the server refuse.
    ///
    /// @param headers each with its line end
    ProviderLab answers(int status, String headers) {
        server.answer((request, wire) -> wire.whole(status, headers, "{\"error\":{\"message\":\"Oh\"}}"));
        return this;
    }

    @Override
    public void close() {
        server.close();
        standIn.close();
        if (runtime != null) {
            runtime.close();
        }
    }
}
