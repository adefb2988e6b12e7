package dev.dwata.agent.provider.openai;

import dev.dwata.agent.model.DeltaSink;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.provider.wire.ErrorBody;
import dev.dwata.agent.provider.wire.Faults;
import dev.dwata.agent.provider.wire.Replies;
import dev.dwata.agent.provider.wire.ReplyReader;
import dev.dwata.agent.provider.wire.SseEvent;
import dev.dwata.agent.provider.wire.Utterance;
import dev.dwata.types.Part;
import dev.dwata.types.StopReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts a completion together.
///
///     stream = chunk+ "[DONE]"
///
/// where one of the last chunks has a finish reason, and one that comes with it or after it has the usage. An
/// `error` may come in place of any chunk. Servers that leave `[DONE]` out must have given a finish reason.
final class ChatReader implements ReplyReader {
    private static final int MAX_CALLS = 256;
    private static final int MAX_DETAILS = 1024;

    private final DeltaSink sink;
    private final Faults faults;
    private final ChatChunk chunk = new ChatChunk();
    private final List<Utterance> utterances = new ArrayList<>();
    private final Calls calls = new Calls();
    private final ReasoningDetails details = new ReasoningDetails();
    private boolean refused;
    private @Nullable String finishReason;

    ChatReader(DeltaSink sink, Faults faults) {
        this.sink = sink;
        this.faults = faults;
    }

    @Override
    public boolean accept(SseEvent event) throws InterruptedException {
        if (event.is("[DONE]")) {
            return true;
        }
        event.read(chunk::read);
        if (chunk.error != null) {
            throw faults.reported(ErrorBody.of(chunk.error), started());
        }
        if (event.name().equals("error")) {
            throw faults.reported(ErrorBody.parse(event.text()), started());
        }
        say(chunk.reasoning, true);
        say(chunk.content, false);
        say(chunk.refusal, false);
        refused |= chunk.refusal != null && !chunk.refusal.isEmpty();
        chunk.calls.forEach(calls::add);
        if (chunk.details != null) {
            details.add(chunk.details);
        }
        if (calls.size() > MAX_CALLS || details.size() > MAX_DETAILS) {
            throw faults.garbled(
                    "more than " + MAX_CALLS + " tool calls or " + MAX_DETAILS + " thoughts in one answer", true);
        }
        if (chunk.finishReason != null && !chunk.finishReason.isEmpty()) {
            finishReason = chunk.finishReason;
        }
        if ("error".equals(finishReason)) {
            throw faults.reported(new ErrorBody("", "", "it finished with an error"), started());
        }
        return false;
    }

    @Override
    public boolean mayEnd() {
        return finishReason != null;
    }

    @Override
    public boolean started() {
        return !utterances.isEmpty() || calls.size() > 0;
    }

    /// The whole reply, once it has ended.
    ModelReply reply(ModelRequest request, byte[] sent) throws InterruptedException {
        List<Part> parts = new ArrayList<>();
        for (Utterance utterance : utterances) {
            Part part = utterance.end(null);
            if (part != null) {
                parts.add(part);
            }
        }
        parts.addAll(calls.whole());
        return Replies.finish(request, sent, details.keptBy(parts), chunk.usage.total(), stopReason());
    }

    private void say(@Nullable String piece, boolean thought) throws InterruptedException {
        if (piece == null || piece.isEmpty()) {
            return;
        }
        if (utterances.isEmpty() || utterances.getLast().isThought() != thought) {
            utterances.add(thought ? Utterance.thought(sink) : Utterance.text(sink));
        }
        utterances.getLast().add(piece);
    }

    private StopReason stopReason() {
        if (refused) {
            return StopReason.REFUSAL;
        }
        return switch (finishReason == null ? "" : finishReason) {
            case "length" -> StopReason.MAX_TOKENS;
            case "tool_calls", "function_call" -> StopReason.TOOL_USE;
            case "content_filter" -> StopReason.REFUSAL;
            default -> StopReason.END_TURN;
        };
    }
}
