package dev.dwata.agent.provider.responses;

import dev.dwata.agent.model.DeltaSink;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.ModelRequest;
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

/// Puts a response together.
///
///     stream = response.created response.in_progress item* end
///     item   = response.output_item.added delta* response.output_item.done
///     end    = response.completed | response.incomplete | response.failed
///
/// with `error` in place of the rest; events of other tools and those added later are skipped (OpenAI,
/// "Streaming events", November 2026).
final class ResponsesReader implements ReplyReader {
    private static final int MAX_ITEMS = 1024;

    private final DeltaSink sink;
    private final Faults faults;
    private final ResponsesEvent event = new ResponsesEvent();
    private final Map<Integer, Item> items = new TreeMap<>();
    private boolean refused;
    private @Nullable String incomplete;

    ResponsesReader(DeltaSink sink, Faults faults) {
        this.sink = sink;
        this.faults = faults;
    }

    @Override
    public boolean accept(SseEvent sse) throws InterruptedException {
        if (sse.is("[DONE]")) {
            return false;
        }
        sse.read(event::read);
        switch (event.type.isEmpty() ? sse.name() : event.type) {
            case "response.output_item.added",
                    "response.output_item.done",
                    "response.output_text.delta",
                    "response.refusal.delta",
                    "response.reasoning_summary_part.added",
                    "response.reasoning_summary_text.delta",
                    "response.reasoning_text.delta",
                    "response.function_call_arguments.delta",
                    "response.function_call_arguments.done" -> addToItem();
            case "response.completed" -> {
                return true;
            }
            case "response.incomplete" -> {
                incomplete = event.reason;
                return true;
            }
            case "response.failed", "error" -> throw faults.reported(event.error(), started());
            default -> {
                // Beginnings and ends of what the deltas have told, and whatever may come.
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
        return !items.isEmpty();
    }

    /// The whole reply, once the end was marked.
    ModelReply reply(ModelRequest request, byte[] sent) throws InterruptedException {
        List<Part> parts = new ArrayList<>();
        for (Item item : items.values()) {
            Part part = item.end();
            if (part != null) {
                parts.add(part);
            }
        }
        return Replies.finish(request, sent, parts, event.usage.total(), stopReason());
    }

    private void addToItem() throws InterruptedException {
        refused |= event.refuses || (event.type.equals("response.refusal.delta") && event.delta != null);
        Item item = items.get(event.index);
        if (item == null) {
            item = Item.of(event, sink);
            if (item == null) {
                return;
            }
            items.put(event.index, item);
            if (items.size() > MAX_ITEMS) {
                throw faults.garbled("more than " + MAX_ITEMS + " items in one answer", true);
            }
        }
        item.add(event);
    }

    private StopReason stopReason() {
        if (refused || "content_filter".equals(incomplete)) {
            return StopReason.REFUSAL;
        }
        return incomplete == null ? StopReason.END_TURN : StopReason.MAX_TOKENS;
    }
}
