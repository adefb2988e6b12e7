package dev.dwata.agent;

import dev.dwata.agent.context.Tokens;
import dev.dwata.agent.model.DeltaSink;
import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.model.ModelDelta;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Json;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A model with a small window: it answers with what it can see, reads chapters one by one, and summarises by
/// keeping the lines that begin with FACT.
final class SmallModel implements ModelClient {
    private static final Pattern FACT = Pattern.compile("FACT: [^\n.]*");
    private static final Pattern CHAPTER = Pattern.compile("chapter-(\\d+)");

    private final List<ModelRequest> requests = new ArrayList<>();
    private int chapters;
    private long limit = Long.MAX_VALUE;
    private @Nullable String summary;
    private @Nullable CountDownLatch held;

    void reads(int all) {
        chapters = all;
    }

    void refusesAbove(long tokens) {
        limit = tokens;
    }

    void summarisesAs(String text) {
        summary = text;
    }

    void hold() {
        held = new CountDownLatch(1);
    }

    void go() {
        if (held != null) {
            held.countDown();
        }
    }

    synchronized List<ModelRequest> requests() {
        return List.copyOf(requests);
    }

    List<ModelRequest> questions() {
        return requests().stream().filter(request -> !isSummary(request)).toList();
    }

    long summaries() {
        return requests().stream().filter(SmallModel::isSummary).count();
    }

    private static boolean isSummary(ModelRequest request) {
        return request.system() != null && request.system().contains("You write the summary");
    }

    @Override
    public ModelReply stream(ModelRequest request, DeltaSink sink) throws InterruptedException {
        synchronized (this) {
            requests.add(request);
        }
        if (held != null) {
            held.await();
        }
        long tokens = request.messages().stream().mapToLong(Tokens::of).sum();
        if (isSummary(request)) {
            return reply(summary == null ? summarise(request) : summary, tokens);
        }
        if (tokens > limit) {
            throw new AgentException(new AgentError.ContextOverflow("too long: " + tokens));
        }
        int next = chapters == 0 ? 0 : lastChapter(request) + 1;
        if (next > 0 && next <= chapters) {
            Part call = new Part.ToolCall(
                    "call_" + next,
                    "filesystem.read",
                    Json.MAPPER.createObjectNode().put("path", "chapter-" + next + ".txt"));
            return new ModelReply(List.of(call), usage(tokens, 20), StopReason.TOOL_USE);
        }
        String answer = chapters > 0 ? "All read." : "I see: " + facts(text(request));
        sink.accept(new ModelDelta.Text(answer));
        return reply(answer, tokens);
    }

    private static ModelReply reply(String text, long tokens) {
        return new ModelReply(List.of(new Part.Text(text)), usage(tokens, Tokens.of(text)), StopReason.END_TURN);
    }

    private static TokenUsage usage(long input, long output) {
        return new TokenUsage(input, output, 0, null);
    }

    private String summarise(ModelRequest request) {
        int chapter = lastChapter(request);
        return "## Facts and decisions\n" + facts(text(request)) + "\nRead up to chapter-" + chapter
                + ".\n## Open tasks\n- go on reading\n";
    }

    private static int lastChapter(ModelRequest request) {
        int last = 0;
        for (Message message : request.messages()) {
            String text = message.role() == Role.ASSISTANT
                    ? message.toolCalls().stream()
                            .map(Part.ToolCall::arguments)
                            .map(Object::toString)
                            .collect(Collectors.joining())
                    : message.text();
            Matcher matcher = CHAPTER.matcher(text);
            while (matcher.find()) {
                last = Math.max(last, Integer.parseInt(matcher.group(1)));
            }
        }
        return last;
    }

    private static String text(ModelRequest request) {
        return request.messages().stream().map(Message::text).collect(Collectors.joining("\n"));
    }

    private static String facts(String text) {
        return FACT.matcher(text)
                .results()
                .map(found -> found.group())
                .distinct()
                .collect(Collectors.joining("\n"));
    }
}
