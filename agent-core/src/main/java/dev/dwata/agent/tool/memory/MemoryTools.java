package dev.dwata.agent.tool.memory;

import dev.dwata.agent.store.Memory;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Json;
import dev.dwata.types.schema.Description;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.node.ObjectNode;

/// `memory.get`, `.set`, `.list` and `.delete`. What is kept belongs to the principal that the run is for.
public final class MemoryTools {
    private static final int MAX_KEY = 200;
    private static final int MAX_VALUE_BYTES = 64 * 1024;
    private static final int MAX_LISTED = 200;
    private static final int MAX_LISTED_VALUE = 500;

    private final Memory memory;

    private MemoryTools(Memory memory) {
        this.memory = memory;
    }

    record Key(@Description("1 to 200 characters") String key) {}

    record Fact(
            @Description("1 to 200 characters, for example favourite colour")
            String key,

            @Description("at most 64 KiB") String value) {}

    record Prefix(
            @Description("only keys that begin with this; default all") @Nullable
            String prefix) {}

    /// @param value cut to 500 code points, and then with an ellipsis at its end
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Listed(String key, String value, Instant updatedAt) {}

    /// @param total how many there are, listed or not
    record Listing(List<Listed> entries, int total, boolean truncated) {}

    record Deleted(String key, boolean deleted) {}

    public static List<Tool> over(Memory memory) {
        MemoryTools tools = new MemoryTools(memory);
        return List.of(
                Tool.of(
                        head("get", "Recalls the value kept under a key; null where there is none.", Effect.PURE),
                        Key.class,
                        tools::get),
                Tool.of(
                        head("set", "Keeps a value under a key for later sessions too.", Effect.IDEMPOTENT),
                        Fact.class,
                        tools::set),
                Tool.of(
                        head("list", "Lists what is kept, by key; long values are cut.", Effect.PURE),
                        Prefix.class,
                        tools::list),
                Tool.of(
                        new ToolSpec.Head(
                                "memory.delete",
                                "Forgets the value kept under a key.",
                                Effect.IDEMPOTENT,
                                Approval.NOTIFY),
                        Key.class,
                        tools::delete));
    }

    private ToolOutcome get(Key asked, ToolContext context) {
        String problem = problem(asked.key);
        if (problem != null) {
            return new ToolOutcome.Retry(problem);
        }
        ObjectNode result = Json.MAPPER.createObjectNode().put("key", asked.key);
        memory.get(scope(context), asked.key)
                .ifPresentOrElse(
                        entry -> result.put("value", entry.value()).put("updated_at", Json.format(entry.updatedAt())),
                        () -> result.putNull("value"));
        return new ToolOutcome.Success(result);
    }

    private ToolOutcome set(Fact fact, ToolContext context) {
        String problem = problem(fact.key);
        if (problem != null) {
            return new ToolOutcome.Retry(problem);
        }
        int bytes = fact.value.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_VALUE_BYTES) {
            return new ToolOutcome.Retry("'value' must have at most " + MAX_VALUE_BYTES + " bytes, not " + bytes);
        }
        memory.set(scope(context), fact.key, fact.value);
        return ToolOutcome.success(new Key(fact.key));
    }

    private ToolOutcome list(Prefix wanted, ToolContext context) {
        List<Memory.Entry> all = memory.list(scope(context), wanted.prefix == null ? "" : wanted.prefix);
        List<Listed> listed = all.stream()
                .limit(MAX_LISTED)
                .map(entry -> new Listed(entry.key(), cut(entry.value()), entry.updatedAt()))
                .toList();
        return ToolOutcome.success(new Listing(listed, all.size(), listed.size() < all.size()));
    }

    private ToolOutcome delete(Key asked, ToolContext context) {
        String problem = problem(asked.key);
        return problem != null
                ? new ToolOutcome.Retry(problem)
                : ToolOutcome.success(new Deleted(asked.key, memory.delete(scope(context), asked.key)));
    }

    private static @Nullable String problem(String key) {
        int length = key.codePointCount(0, key.length());
        if (key.isBlank() || length > MAX_KEY) {
            return "'key' must have 1 to " + MAX_KEY + " characters, not " + (key.isBlank() ? 0 : length);
        }
        return null;
    }

    private static String cut(String value) {
        return value.codePointCount(0, value.length()) <= MAX_LISTED_VALUE
                ? value
                : value.substring(0, value.offsetByCodePoints(0, MAX_LISTED_VALUE)) + "…";
    }

    private static Memory.Scope scope(ToolContext context) {
        return Memory.Scope.of(context.principal());
    }

    private static ToolSpec.Head head(String verb, String description, Effect effect) {
        return new ToolSpec.Head("memory." + verb, description, effect, Approval.AUTO);
    }
}
