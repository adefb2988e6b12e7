package dev.dwata.agent.provider.offline;

import dev.dwata.agent.model.DeltaSink;
import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.types.Json;
import dev.dwata.types.Part;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The model that answers where no other is configured. It needs no network and no key, understands a small set
/// of requests in English and says so, and does what it does by calling the tools that the request offers: the
/// same request and the same time give the same reply.
///
/// Its token counts are an estimate: four characters a token.
public final class OfflineModel implements ModelClient {
    private final Clock clock;

    public OfflineModel() {
        this(Clock.system(ZoneId.systemDefault()));
    }

    /// @param clock tells the time, in its time zone
    public OfflineModel(Clock clock) {
        this.clock = clock;
    }

    @Override
    public ModelReply stream(ModelRequest request, DeltaSink sink) throws InterruptedException {
        Step step = new Planner(Scene.of(request), clock).next();
        return switch (step) {
            case Step.Calls calls -> calls(request, calls.wishes());
            case Step.Says says -> says(request, says.text(), sink);
        };
    }

    private static ModelReply calls(ModelRequest request, List<Wish> wishes) {
        List<Part> parts = new ArrayList<>();
        for (Wish wish : wishes) {
            // The conversation grows with every turn, so its length makes the id unique within the run.
            String id = "offline_" + request.messages().size() + "_" + (parts.size() + 1);
            parts.add(new Part.ToolCall(id, wish.tool(), Json.MAPPER.valueToTree(wish.arguments())));
        }
        TokenUsage usage = new TokenUsage(Tokens.in(request), Tokens.inParts(parts), 0, 0.0);
        return new ModelReply(parts, usage, StopReason.TOOL_USE);
    }

    private static ModelReply says(ModelRequest request, String answer, DeltaSink sink) throws InterruptedException {
        String text = Tokens.cut(answer, limit(request.maxOutputTokens()));
        Speaker.say(text, sink);
        List<Part> parts = text.isEmpty() ? List.of() : List.of(new Part.Text(text));
        TokenUsage usage = new TokenUsage(Tokens.in(request), Tokens.inParts(parts), 0, 0.0);
        boolean whole = text.length() == answer.length();
        return new ModelReply(parts, usage, whole ? StopReason.END_TURN : StopReason.MAX_TOKENS);
    }

    private static long limit(@Nullable Integer maxOutputTokens) {
        return maxOutputTokens == null ? Long.MAX_VALUE : maxOutputTokens;
    }
}
