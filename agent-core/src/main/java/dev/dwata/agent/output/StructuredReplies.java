package dev.dwata.agent.output;

import dev.dwata.agent.model.DeltaSink;
import dev.dwata.agent.model.Model;
import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.model.ModelDelta;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Message;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.util.ArrayList;
import java.util.List;

/// Sees to it that what a model says at the end is JSON that follows a schema. The model's provider is told of
/// the schema; a reply that calls no tools is checked, and where it does not fit the model is told what is
/// wrong and asked again, at most twice. What it has said before is void then.
///
/// The text of the reply that comes back is the JSON alone. Its usage is that of all calls together.
public final class StructuredReplies implements ModelClient {
    private static final int MOST_REPAIRS = 2;

    private final ModelClient client;
    private final AnswerSchema schema;

    private StructuredReplies(ModelClient client, AnswerSchema schema) {
        this.client = client;
        this.schema = schema;
    }

    /// The model, bound to answer so.
    public static Model of(Model model, AnswerSchema schema) {
        return model.through(new StructuredReplies(model.client(), schema));
    }

    /// @throws AgentException with `ModelRejected` where the model declines, or does not come up with JSON that
    ///                        fits in three attempts
    @Override
    public ModelReply stream(ModelRequest request, DeltaSink sink) throws InterruptedException {
        List<Message> messages = new ArrayList<>(request.messages());
        TokenUsage used = TokenUsage.ZERO;
        for (int attempt = 0; ; attempt++) {
            ModelReply reply = client.stream(withSchema(request, messages), sink);
            used = used.plus(reply.usage());
            if (!reply.message().toolCalls().isEmpty()) {
                return reply.withUsage(used);
            }
            SaidJson said = SaidJson.in(reply.message().text());
            List<String> problems = said.problems(schema);
            if (problems.isEmpty()) {
                return reply.withParts(said.only(reply.parts())).withUsage(used);
            }
            if (reply.stopReason() == StopReason.REFUSAL) {
                throw rejected("the model declined to answer in the form that was asked for");
            }
            if (attempt == MOST_REPAIRS) {
                throw rejected("the model's answer does not follow outputSchema after " + (attempt + 1) + " attempts: "
                        + problems.getFirst());
            }
            sink.accept(new ModelDelta.Restarted("the answer did not follow its schema: " + problems.getFirst()));
            if (!reply.message().text().isBlank()) {
                messages.add(reply.message());
            }
            messages.add(Message.user(correction(reply, problems)));
        }
    }

    private ModelRequest withSchema(ModelRequest request, List<Message> messages) {
        return new ModelRequest(
                request.model(), request.system(), messages, request.tools(), request.maxOutputTokens(), schema.json());
    }

    private static String correction(ModelReply reply, List<String> problems) {
        StringBuilder text = new StringBuilder("Your answer does not follow the JSON Schema it has to follow:");
        problems.forEach(problem -> text.append("\n- ").append(problem));
        if (reply.stopReason() == StopReason.MAX_TOKENS) {
            text.append("\n- it was cut off because it was too long");
        }
        return text.append("\nAnswer again, with the corrected JSON object and nothing else.")
                .toString();
    }

    private static AgentException rejected(String why) {
        return new AgentException(new AgentError.ModelRejected(why, 0));
    }
}
