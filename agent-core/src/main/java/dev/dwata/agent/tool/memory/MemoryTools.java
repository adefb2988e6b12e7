package dev.dwata.agent.tool.memory;

import dev.dwata.agent.store.CleanFact;
import dev.dwata.agent.store.Memory;
import dev.dwata.agent.store.SearchWords;
import dev.dwata.agent.tool.CallReview;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.agent.tool.ToolTrait;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Json;
import dev.dwata.types.schema.Description;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// `memory.get`, `.set`, `.list`, `.search` and `.delete`. What is kept belongs to the principal that the
/// run is for, or to the session that it is in.
public final class MemoryTools {
    private static final int MAX_LISTED = 200;
    private static final int MAX_FOUND = 50;
    private static final int FOUND = 10;

    /// Names of secrets that a person was asked for; tools are called with what they stand for.
    private static final Pattern SECRET = Pattern.compile("secret:inp_[0-9a-f-]+/");

    private final Memory memory;

    private MemoryTools(Memory memory) {
        this.memory = memory;
    }

    static final String SCOPE = "user (default): of the user, in every session; session: of this session alone";

    record Key(
            @Description("1 to 200 characters") String key,
            @Description(SCOPE) @Nullable Whose scope) {}

    record Fact(
            @Description("1 to 200 characters, for example favourite colour")
            String key,

            @Description("at most 64 KiB") String value,
            @Description(SCOPE) @Nullable Whose scope,

            @Description("true: you are told it at the beginning of every run; default as it was, for a new one false")
            @Nullable
            Boolean pinned) {}

    record Prefix(
            @Description("only keys that begin with this; default all") @Nullable
            String prefix,

            @Description(SCOPE) @Nullable Whose scope) {}

    record Query(
            @Description("words that are in the key or the value, the last may be the beginning of one")
            String query,

            @Description("1 to 50; default 10") @Nullable Integer limit) {}

    public static List<Tool> over(Memory memory) {
        MemoryTools tools = new MemoryTools(memory);
        return List.of(
                Tool.of(
                        head("get", "Recalls the value kept under a key; null where there is none.", Effect.PURE),
                        Key.class,
                        tools::get),
                Tool.of(
                        head("set", "Keeps a value under a key for later sessions too.", Effect.IDEMPOTENT)
                                .with(ToolTrait.WRITE),
                        Fact.class,
                        MemoryTools::reviewSet,
                        tools::set),
                Tool.of(
                        head("list", "Lists what is kept, by key; long values are cut.", Effect.PURE),
                        Prefix.class,
                        tools::list),
                Tool.of(
                        head("search", "Finds what is kept of the user and of this session, by words.", Effect.PURE),
                        Query.class,
                        tools::search),
                Tool.of(
                        new ToolSpec.Head(
                                        "memory.delete",
                                        "Forgets the value kept under a key.",
                                        Effect.IDEMPOTENT,
                                        Approval.NOTIFY)
                                .with(ToolTrait.WRITE),
                        Key.class,
                        tools::delete));
    }

    private ToolOutcome get(Key asked, ToolContext context) {
        return within(() -> {
            ObjectNode result = Json.MAPPER.createObjectNode().put("key", asked.key);
            memory.get(Whose.scope(asked.scope, context), CleanFact.key(asked.key))
                    .ifPresentOrElse(entry -> describe(entry, result), () -> result.putNull("value"));
            return new ToolOutcome.Success(result);
        });
    }

    private static void describe(Memory.Entry entry, ObjectNode result) {
        result.put("value", entry.value()).put("updated_at", Json.format(entry.updatedAt()));
        if (entry.pinned()) {
            result.put("pinned", true);
        }
    }

    private static CallReview reviewSet(Fact fact, ToolContext context) {
        return SECRET.matcher(fact.key + " " + fact.value).find()
                ? CallReview.denied("a secret is not kept in the memory")
                : CallReview.PLAIN;
    }

    private ToolOutcome set(Fact fact, ToolContext context) {
        return within(() -> {
            memory.set(Whose.scope(fact.scope, context), fact.key, fact.value, fact.pinned);
            return ToolOutcome.success(new Told.Stored(fact.key));
        });
    }

    private ToolOutcome list(Prefix wanted, ToolContext context) {
        Memory.Page page =
                memory.page(Whose.scope(wanted.scope, context), wanted.prefix == null ? "" : wanted.prefix, MAX_LISTED);
        List<Told.Listed> listed = page.entries().stream().map(Told.Listed::of).toList();
        return ToolOutcome.success(new Told.Listing(listed, page.total(), listed.size() < page.total()));
    }

    private ToolOutcome search(Query wanted, ToolContext context) {
        int limit = wanted.limit == null ? FOUND : wanted.limit;
        if (limit < 1 || limit > MAX_FOUND) {
            return new ToolOutcome.Retry("'limit' must be 1 to " + MAX_FOUND + ", not " + limit);
        }
        SearchWords words = SearchWords.of(wanted.query);
        if (words == null || words.written().isEmpty()) {
            return new ToolOutcome.Retry("'query' must have a word to look for");
        }
        return ToolOutcome.success(
                new Told.Findings(memory.search(context.principal(), context.sessionId(), wanted.query, limit).stream()
                        .map(Told.Found::of)
                        .toList()));
    }

    private ToolOutcome delete(Key asked, ToolContext context) {
        return within(() -> ToolOutcome.success(new Told.Deleted(
                asked.key, memory.delete(Whose.scope(asked.scope, context), CleanFact.key(asked.key)))));
    }

    /// What is out of bounds the model can fix.
    private static ToolOutcome within(Supplier<ToolOutcome> call) {
        try {
            return call.get();
        } catch (AgentException e) {
            if (e.error() instanceof AgentError.InvalidRequest || e.error() instanceof AgentError.TooLarge) {
                return new ToolOutcome.Retry(e.error().message());
            }
            throw e;
        }
    }

    private static ToolSpec.Head head(String verb, String description, Effect effect) {
        return new ToolSpec.Head("memory." + verb, description, effect, Approval.AUTO);
    }
}
