package dev.dwata.mcp;

import dev.dwata.agent.store.CleanText;
import dev.dwata.agent.tool.Asking;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.InputDecision;
import dev.dwata.types.Json;
import io.modelcontextprotocol.spec.McpError;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A call of a tool that is under way. What the server sends meanwhile is brought to the thread of the call,
/// which alone speaks to people and clients.
final class RemoteCall {
    private static final int MOST_WAITING = 64;
    private static final int MOST_QUESTIONS = 10;
    private static final int MOST_SAID = 2000;
    private static final int INVALID_PARAMS = -32602;

    /// However often it reports progress.
    private static final int LONGEST_PATIENCES = 30;

    private final String who;
    private final ToolContext context;
    private final Duration patience;
    private final BlockingQueue<News> news = new ArrayBlockingQueue<>(MOST_WAITING + MOST_QUESTIONS + 1);
    private int questions;

    /// @param patience how long the server may be silent
    RemoteCall(String who, ToolContext context, Duration patience) {
        this.who = who;
        this.context = context;
        this.patience = patience;
    }

    private sealed interface News {}

    private record Answered(
            @Nullable JsonNode result, @Nullable Throwable trouble) implements News {}

    private record Progressed(
            @Nullable Double share, @Nullable String message) implements News {}

    private record Asked(String message, JsonNode form, CompletableFuture<JsonNode> answer) implements News {}

    /// The server is getting on. What nobody has time to hear of is dropped.
    void progressed(@Nullable Double share, @Nullable String message) {
        if (news.size() < MOST_WAITING) {
            news.offer(new Progressed(share, message));
        }
    }

    /// The server wants to know something of a person.
    ///
    /// @return the result of the elicitation
    CompletableFuture<JsonNode> asked(JsonNode params) {
        JsonNode form = params.path("requestedSchema");
        boolean isForm = params.path("mode").asString("form").equals("form");
        Optional<String> problem = isForm ? SchemaCheck.problem(form) : Optional.of("only forms are shown");
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        Asked asked = new Asked(
                Cut.toBytes(CleanText.of(params.path("message").asString("")), MOST_SAID), CleanText.of(form), answer);
        if (problem.isPresent() || !mayAsk() || !news.offer(asked)) {
            answer.complete(Elicitation.declined());
        }
        return answer;
    }

    private synchronized boolean mayAsk() {
        questions++;
        return questions <= MOST_QUESTIONS;
    }

    /// Waits for the result.
    ///
    /// @throws ServerFailure if there is none
    ToolOutcome await(CompletableFuture<JsonNode> result) throws InterruptedException, ServerFailure {
        var unused = result.whenComplete((tree, trouble) -> {
            if (!news.offer(new Answered(tree, trouble))) {
                news.clear(); // progress that nobody heard of
                news.add(new Answered(tree, trouble));
            }
        });
        long begun = System.nanoTime();
        long silentSince = begun;
        while (true) {
            long last = begun + LONGEST_PATIENCES * patience.toNanos();
            long deadline = Math.min(silentSince + patience.toNanos(), last);
            switch (news.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                case null ->
                    throw new ServerFailure(who + " did not answer within " + Seconds.of(patience)
                            + "; whether it did anything is not known");
                case Answered answered -> {
                    return outcome(answered);
                }
                case Progressed progressed -> context.progress().report(progressed.share(), progressed.message());
                case Asked asked -> begun += ask(asked);
            }
            silentSince = System.nanoTime();
        }
    }

    private ToolOutcome outcome(Answered answered) throws ServerFailure {
        if (answered.result() != null) {
            return Results.outcome(answered.result());
        }
        Throwable trouble = answered.trouble();
        if (trouble instanceof McpError error && error.getJsonRpcError() != null) {
            String message = Cut.toBytes(CleanText.of(String.valueOf(error.getMessage())), MOST_SAID);
            return error.getJsonRpcError().code() == INVALID_PARAMS
                    ? new ToolOutcome.Retry(who + ": " + message)
                    : new ToolOutcome.Failure(who + ": " + message);
        }
        String why = trouble == null || trouble.getMessage() == null ? "no reason is known" : trouble.getMessage();
        throw new ServerFailure(who + " did not end the call, and whether it did anything is not known: "
                + Cut.toBytes(why, MOST_SAID));
    }

    /// @return the time it took, in nanoseconds, which is not the server's
    private long ask(Asked asked) throws InterruptedException {
        long since = System.nanoTime();
        try {
            InputResolved resolved =
                    context.asking().ask(Asking.Ask.form(who + " asks: " + asked.message(), asked.form()));
            asked.answer().complete(Elicitation.result(asked.form(), resolved));
        } finally {
            asked.answer().complete(Elicitation.cancelled());
        }
        return System.nanoTime() - since;
    }

    /// What answers a server's question.
    static final class Elicitation {
        private Elicitation() {}

        static JsonNode declined() {
            return Json.MAPPER.createObjectNode().put("action", "decline");
        }

        static JsonNode cancelled() {
            return Json.MAPPER.createObjectNode().put("action", "cancel");
        }

        static JsonNode result(JsonNode form, InputResolved resolved) {
            if (resolved.decision() == InputDecision.ANSWERED && resolved.answer() instanceof ObjectNode answer) {
                ObjectNode content = answer.deepCopy();
                form.path("properties").properties().forEach(field -> {
                    JsonNode usual = field.getValue().path("default");
                    if (!usual.isMissingNode() && !content.has(field.getKey())) {
                        content.set(field.getKey(), usual);
                    }
                });
                return Json.MAPPER.createObjectNode().put("action", "accept").set("content", content);
            }
            return resolved.decision() == InputDecision.REJECT ? declined() : cancelled();
        }
    }
}
