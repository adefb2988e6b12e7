package dev.dwata.agent.provider.anthropic;

import dev.dwata.agent.model.DeltaSink;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.provider.wire.ErrorBody;
import dev.dwata.agent.provider.wire.Faults;
import dev.dwata.agent.provider.wire.Replies;
import dev.dwata.agent.provider.wire.ReplyReader;
import dev.dwata.agent.provider.wire.SseEvent;
import dev.dwata.types.Part;
import dev.dwata.types.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Puts a message together.
///
///     stream = message_start block* message_delta+ message_stop
///     block  = content_block_start content_block_delta* content_block_stop
///
/// with `ping` anywhere, `error` in place of the rest, and events added later, which are skipped (Anthropic,
/// "Streaming messages", November 2026).
final class MessageReader implements ReplyReader {
    private static final int MAX_BLOCKS = 1024;

    private final DeltaSink sink;
    private final Faults faults;
    private final StreamPiece piece = new StreamPiece();
    private final Map<Integer, Block> blocks = new TreeMap<>();
    private @Nullable String stopReason;

    MessageReader(DeltaSink sink, Faults faults) {
        this.sink = sink;
        this.faults = faults;
    }

    @Override
    public boolean accept(SseEvent event) throws InterruptedException {
        event.read(piece::read);
        switch (piece.type.isEmpty() ? event.name() : piece.type) {
            case "content_block_start", "content_block_delta" -> addToBlock();
            case "message_delta" -> {
                if (piece.stopReason != null) {
                    stopReason = piece.stopReason;
                }
            }
            case "message_stop" -> {
                return true;
            }
            case "error" -> {
                ErrorBody error = piece.error == null ? new ErrorBody("", "", "") : ErrorBody.of(piece.error);
                throw faults.reported(error, started());
            }
            default -> {
                // `message_start` and `ping`, of which nothing but the usage is of interest, and whatever may come.
            }
        }
        return false;
    }

    @Override
    public boolean mayEnd() {
        return false;
    }

    @Override
    public boolean started() {
        return !blocks.isEmpty();
    }

    /// The whole reply, once the end was marked.
    ModelReply reply(ModelRequest request, byte[] sent) throws InterruptedException {
        List<Part> parts = new ArrayList<>();
        for (Block block : blocks.values()) {
            Part part = block.end();
            if (part != null) {
                parts.add(part);
            }
        }
        if (parts.isEmpty() && "model_context_window_exceeded".equals(stopReason)) {
            throw faults.overflow();
        }
        return Replies.finish(request, sent, parts, piece.usage.total(), stopReason());
    }

    private void addToBlock() throws InterruptedException {
        Block block = blocks.get(piece.index);
        if (block == null) {
            block = Block.of(piece, sink);
            if (block == null) {
                return;
            }
            blocks.put(piece.index, block);
            if (blocks.size() > MAX_BLOCKS) {
                throw faults.garbled("more than " + MAX_BLOCKS + " blocks in one answer", true);
            }
        }
        block.add(piece);
    }

    /// `pause_turn` belongs to tools that the provider runs itself, and none is offered. What may be added
    /// later ends the turn as well.
    private StopReason stopReason() {
        return switch (stopReason == null ? "" : stopReason) {
            case "tool_use" -> StopReason.TOOL_USE;
            case "max_tokens", "model_context_window_exceeded" -> StopReason.MAX_TOKENS;
            case "stop_sequence" -> StopReason.STOP_SEQUENCE;
            case "refusal" -> StopReason.REFUSAL;
            default -> StopReason.END_TURN;
        };
    }
}
