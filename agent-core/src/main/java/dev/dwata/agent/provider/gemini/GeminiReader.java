package dev.dwata.agent.provider.gemini;

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

/// Puts an answer together.
///
///     stream = chunk+
///
/// of which the last that has content has a finish reason too; nothing else marks the end. An `error` may come
/// in place of any chunk (Google, "Generating content", November 2026).
final class GeminiReader implements ReplyReader {
    private static final int MAX_PARTS = 1024;

    private final DeltaSink sink;
    private final Faults faults;
    private final GeminiChunk chunk = new GeminiChunk();
    private final List<Part> parts = new ArrayList<>();
    private @Nullable Utterance growing;
    private @Nullable String signature;
    private boolean started;
    private @Nullable String finishReason;

    GeminiReader(DeltaSink sink, Faults faults) {
        this.sink = sink;
        this.faults = faults;
    }

    @Override
    public boolean accept(SseEvent event) throws InterruptedException {
        if (event.is("[DONE]")) {
            return false;
        }
        event.read(chunk::read);
        if (chunk.error != null) {
            throw faults.reported(ErrorBody.of(chunk.error), started);
        }
        for (PartPiece piece : chunk.parts) {
            add(piece);
        }
        if (chunk.blockReason != null) {
            finishReason = chunk.blockReason;
        }
        if (chunk.finishReason != null) {
            finishReason = chunk.finishReason;
            failed(chunk.finishReason, chunk.finishMessage);
        }
        return false;
    }

    @Override
    public boolean mayEnd() {
        return finishReason != null;
    }

    @Override
    public boolean started() {
        return started;
    }

    /// The whole reply, once it has ended.
    ModelReply reply(ModelRequest request, byte[] sent) throws InterruptedException {
        endUtterance();
        return Replies.finish(request, sent, parts, chunk.usage.total(), stopReason());
    }

    private void add(PartPiece piece) throws InterruptedException {
        if (piece.calls) {
            endUtterance();
            if (piece.signature != null) {
                parts.add(Signature.ofNext(piece.signature));
            }
            parts.add(piece.call());
            started = true;
        } else if (piece.text != null || piece.signature != null) {
            say(piece);
        }
        if (parts.size() > MAX_PARTS) {
            throw faults.garbled("more than " + MAX_PARTS + " parts in one answer", true);
        }
    }

    /// A part with a signature is not joined with what follows it.
    private void say(PartPiece piece) throws InterruptedException {
        boolean empty = piece.text == null || piece.text.isEmpty();
        if (empty && piece.signature == null) {
            return;
        }
        started = true;
        if (empty && !piece.thought) {
            endUtterance();
            signature = piece.signature;
            endUtterance();
            return;
        }
        Utterance utterance = growing;
        if (utterance == null || utterance.isThought() != piece.thought) {
            endUtterance();
            utterance = piece.thought ? Utterance.thought(sink) : Utterance.text(sink);
            growing = utterance;
        }
        utterance.add(piece.text);
        if (piece.signature != null) {
            signature = piece.signature;
            endUtterance();
        }
    }

    private void endUtterance() throws InterruptedException {
        boolean thought = growing != null && growing.isThought();
        if (signature != null && !thought) {
            parts.add(Signature.ofNext(signature));
        }
        Part said = growing == null ? null : growing.end(thought ? Signature.own(signature) : null);
        if (said != null) {
            parts.add(said);
        }
        growing = null;
        signature = null;
    }

    /// Ends of which the model can only be asked to try again.
    private void failed(String reason, @Nullable String message) {
        switch (reason) {
            case "MALFORMED_FUNCTION_CALL",
                    "MALFORMED_RESPONSE",
                    "UNEXPECTED_TOOL_CALL",
                    "TOO_MANY_TOOL_CALLS",
                    "MISSING_THOUGHT_SIGNATURE",
                    "OTHER" ->
                throw faults.reported(
                        new ErrorBody("", "", "it finished with " + reason + (message == null ? "" : ", " + message)),
                        started);
            default -> {
                // A good end, the limit, or a refusal.
            }
        }
    }

    private StopReason stopReason() {
        return switch (finishReason == null ? "" : finishReason) {
            case "MAX_TOKENS" -> StopReason.MAX_TOKENS;
            case "SAFETY",
                    "RECITATION",
                    "LANGUAGE",
                    "BLOCKLIST",
                    "PROHIBITED_CONTENT",
                    "SPII",
                    "IMAGE_SAFETY",
                    "IMAGE_PROHIBITED_CONTENT",
                    "IMAGE_RECITATION",
                    "MODEL_ARMOR",
                    "JAILBREAK" -> StopReason.REFUSAL;
            default -> chunk.blockReason != null ? StopReason.REFUSAL : StopReason.END_TURN;
        };
    }
}
