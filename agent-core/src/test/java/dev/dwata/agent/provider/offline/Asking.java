package dev.dwata.agent.provider.offline;

import dev.dwata.agent.model.ModelDelta;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.agent.tool.builtin.BuiltInTools;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Asks the offline model once, without a runtime: what it says or wants is looked at, and nothing is done.
final class Asking {
    static final List<ToolSpec> TOOLS = BuiltInTools.forWorkspace(Path.of(""), new InMemoryStore()).stream()
            .map(Tool::spec)
            .toList();

    private final OfflineModel model = new OfflineModel(Talking.CLOCK);
    final List<ModelDelta> deltas = new ArrayList<>();

    ModelReply ask(String message) {
        return ask(List.of(Message.user(message)), TOOLS);
    }

    ModelReply ask(List<Message> messages, List<ToolSpec> tools) {
        return ask(new ModelRequest("offline", null, messages, tools, null));
    }

    ModelReply ask(ModelRequest request) {
        deltas.clear();
        try {
            return model.stream(request, deltas::add);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// The calls of a reply: name and arguments; or its text.
    static String shown(ModelReply reply) {
        String calls = reply.message().toolCalls().stream().map(Asking::shown).collect(Collectors.joining(" & "));
        return calls.isEmpty() ? reply.message().text() : calls;
    }

    private static String shown(Part.ToolCall call) {
        return call.name() + " " + call.arguments();
    }
}
