package dev.dwata.agent.provider.resilience;

import dev.dwata.agent.model.DeltaSink;
import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import java.util.ArrayList;
import java.util.List;

/// Keeps the thinking of other models from a model.
///
/// What a provider signed only the same model takes back; another refuses the whole request, and then no later
/// turn of a session that changed its model would work. So each signature is stored with the model's id before
/// it, and thinking with a signature that is not the model's own is left out of what it is sent.
public final class OwnThinking implements ModelClient {
    private final ModelClient model;
    private final String mark;

    /// @param id of the model, `provider/name`
    public OwnThinking(ModelClient model, String id) {
        this.model = model;
        this.mark = id + "#";
    }

    @Override
    public ModelReply stream(ModelRequest request, DeltaSink sink) throws InterruptedException {
        boolean signed = request.messages().stream().anyMatch(OwnThinking::isSigned);
        return marked(model.stream(signed ? request.withMessages(own(request.messages())) : request, sink));
    }

    private List<Message> own(List<Message> messages) {
        List<Message> own = new ArrayList<>(messages.size());
        for (Message message : messages) {
            if (!isSigned(message)) {
                own.add(message);
                continue;
            }
            List<Part> parts = new ArrayList<>(message.parts().size());
            for (Part part : message.parts()) {
                if (!(part instanceof Part.Reasoning thought) || thought.signature() == null) {
                    parts.add(part);
                } else if (thought.signature().startsWith(mark)) {
                    parts.add(new Part.Reasoning(
                            thought.text(), thought.signature().substring(mark.length())));
                }
            }
            if (!parts.isEmpty()) {
                own.add(new Message(message.role(), parts));
            }
        }
        return own;
    }

    private ModelReply marked(ModelReply reply) {
        if (!isSigned(reply.message())) {
            return reply;
        }
        return reply.withParts(reply.parts().stream()
                .map(part -> part instanceof Part.Reasoning thought && thought.signature() != null
                        ? new Part.Reasoning(thought.text(), mark + thought.signature())
                        : part)
                .toList());
    }

    private static boolean isSigned(Message message) {
        for (Part part : message.parts()) {
            if (part instanceof Part.Reasoning thought && thought.signature() != null) {
                return true;
            }
        }
        return false;
    }
}
