package dev.dwata.agent.provider.resilience;

import dev.dwata.agent.model.DeltaSink;
import dev.dwata.agent.model.Model;
import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.model.ModelDelta;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentError.ModelNotConfigured;
import dev.dwata.types.AgentError.ModelRejected;
import dev.dwata.types.AgentError.ModelUnavailable;
import dev.dwata.types.AgentError.RateLimited;
import dev.dwata.types.AgentError.StreamIncomplete;
import dev.dwata.types.AgentException;
import java.util.List;

/// Asks the next of several models where one does not answer. Each call begins with the first.
///
/// The next is asked where a model is not configured, stays unavailable, or was cut off in the middle of its
/// answer; also where its provider does not know it, or the account is empty. It is not asked where the request
/// or the key was refused, nor where the conversation is too long: somebody has to see to that. What was said
/// of a cut answer is void, which [ModelDelta.Restarted] tells; that another model is asked,
/// [ModelDelta.Troubled].
public final class Fallback implements ModelClient {
    private static final int PAYMENT_REQUIRED = 402;
    private static final int NOT_FOUND = 404;
    private static final int OUT_OF_CREDIT = 429;

    private final List<Model> chain;

    /// @param chain at least one, the one that is meant first
    public Fallback(List<Model> chain) {
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a chain of models has at least one");
        }
        this.chain = List.copyOf(chain);
    }

    @Override
    public ModelReply stream(ModelRequest request, DeltaSink sink) throws InterruptedException {
        Heard heard = new Heard(sink);
        for (int i = 0; ; i++) {
            Model model = chain.get(i);
            AgentException failure;
            try {
                ModelReply reply = model.client().stream(i == 0 ? request : fit(request, model), heard);
                return i == 0 || reply.answeredBy() != null ? reply : reply.answeredBy(model.id());
            } catch (AgentException e) {
                failure = e;
            }
            if (i + 1 == chain.size() || !isPassedOn(failure.error())) {
                throw failure;
            }
            Model next = chain.get(i + 1);
            if (heard.anything()) {
                heard.accept(new ModelDelta.Restarted(
                        "the answer of " + model.id() + " was cut off; " + next.id() + " answers instead"));
            }
            String more = "; asking " + next.id() + " instead of " + model.id();
            heard.accept(new ModelDelta.Troubled(Reworded.with(failure.error(), more, null)));
        }
    }

    private static ModelRequest fit(ModelRequest request, Model model) {
        ModelRequest renamed = request.of(model.name());
        Integer asked = request.maxOutputTokens();
        Integer most = model.facts().maxOutputTokens();
        return asked == null || most == null || asked <= most ? renamed : renamed.withMaxOutputTokens(most);
    }

    private static boolean isPassedOn(AgentError error) {
        if (error instanceof ModelRejected rejected) {
            int status = rejected.status();
            return status == NOT_FOUND || status == PAYMENT_REQUIRED || status == OUT_OF_CREDIT;
        }
        return error instanceof ModelUnavailable
                || error instanceof RateLimited
                || error instanceof StreamIncomplete
                || error instanceof ModelNotConfigured;
    }
}
