package dev.dwata.agent.policy;

import dev.dwata.agent.model.DeltaSink;
import dev.dwata.agent.model.Model;
import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.model.ModelDelta;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.model.Prices;
import dev.dwata.agent.store.Amount;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.TokenUsage;

/// Sets aside what a call may use before it is made, and tells the model how long its reply may be. A reply
/// that does not tell what it used, or cost, is taken to have used what it looks like.
final class BudgetedClient implements ModelClient {
    private final RunBudget budget;
    private final Model model;

    BudgetedClient(RunBudget budget, Model model) {
        this.budget = budget;
        this.model = model;
    }

    @Override
    public ModelReply stream(ModelRequest request, DeltaSink sink) throws InterruptedException {
        Prices prices = budget.prices(model);
        Question question = Question.of(request, model.facts(), prices);
        long output = budget.reserve(question);
        Heard heard = new Heard(sink);
        try {
            ModelReply reply = model.client().stream(request.withMaxOutputTokens((int) output), heard);
            return reply.withUsage(used(reply, question));
        } catch (AgentException e) {
            boolean begun = heard.tokens > 0 || e.error() instanceof AgentError.StreamIncomplete;
            settle(begun ? question.amount(heard.tokens) : Amount.NONE, e);
            throw e;
        } catch (InterruptedException | RuntimeException e) {
            settle(question.amount(heard.tokens), e);
            throw e;
        }
    }

    private static TokenUsage used(ModelReply reply, Question question) {
        TokenUsage told = reply.usage();
        TokenUsage used = told.total() > 0
                ? told
                : new TokenUsage(question.input(), Estimate.tokens(reply.message()), 0, told.costUsd());
        return used.costUsd() == null ? used.withCost(question.prices().cost(used)) : used;
    }

    /// What cannot be settled counts as spent when the next call begins.
    private void settle(Amount spent, Exception why) {
        try {
            budget.settle(spent);
        } catch (AgentException e) {
            why.addSuppressed(e);
        }
    }

    /// Counts what was said.
    private static final class Heard implements DeltaSink {
        private final DeltaSink sink;
        private long tokens;

        Heard(DeltaSink sink) {
            this.sink = sink;
        }

        @Override
        public void accept(ModelDelta delta) throws InterruptedException {
            tokens += switch (delta) {
                case ModelDelta.Text text -> Estimate.tokens(text.text());
                case ModelDelta.Reasoning thought -> Estimate.tokens(thought.text());
                case ModelDelta.Restarted again -> 0;
                case ModelDelta.Troubled trouble -> 0;
            };
            sink.accept(delta);
        }
    }
}
