package dev.dwata.agent;

import dev.dwata.agent.model.DeltaSink;
import dev.dwata.agent.model.Model;
import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.model.ModelDelta;
import dev.dwata.agent.model.ModelInfo;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.model.Models;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the call that the latest message asks for, then says what came of it; what it does follows from the
/// conversation alone, so that a run of it is carried on after a crash like any other.
final class DirectModel implements ModelClient {
    private DirectModel() {}

    /// These models, and the one that makes [direct calls][DirectCall].
    static Models with(Models others) {
        int slash = DirectCall.MODEL.indexOf('/');
        Model own = new Model(
                DirectCall.MODEL.substring(0, slash), DirectCall.MODEL.substring(slash + 1), new DirectModel());
        return new Models() {
            @Override
            public Model choose(@Nullable String id) {
                return DirectCall.MODEL.equals(id) ? own : others.choose(id);
            }

            @Override
            public List<ModelInfo> list() {
                return others.list();
            }
        };
    }

    @Override
    public ModelReply stream(ModelRequest request, DeltaSink sink) throws InterruptedException {
        Message last = request.messages().getLast();
        DirectCall call = last.role() == Role.USER ? DirectCall.in(last.text()) : null;
        if (call != null) {
            Part made = new Part.ToolCall("call", call.tool(), call.arguments());
            return new ModelReply(List.of(made), TokenUsage.ZERO, StopReason.TOOL_USE);
        }
        String said = said(last);
        sink.accept(new ModelDelta.Text(said));
        return new ModelReply(List.of(new Part.Text(said)), TokenUsage.ZERO, StopReason.END_TURN);
    }

    private static String said(Message last) {
        for (Part part : last.parts()) {
            if (part instanceof Part.ToolResult result) {
                return result.name() + (result.success() ? " was called." : " was called, and failed.");
            }
        }
        return "This model makes calls only: call <tool> {<arguments>}";
    }
}
