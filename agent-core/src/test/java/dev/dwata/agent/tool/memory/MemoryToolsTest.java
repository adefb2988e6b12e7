package dev.dwata.agent.tool.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolCalls;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// S4-158
class MemoryToolsTest {
    private final InMemoryStore store = new InMemoryStore(InstantSource.fixed(Instant.parse("2026-07-15T10:00:00Z")));
    private final ToolCalls tools = ToolCalls.of(MemoryTools.over(store.memory()));

    @Test
    void recallsWhatItKept() {
        assertThat(set("colour", "blue")).isEqualTo(json("{\"success\":true,\"key\":\"colour\"}"));

        assertThat(get("colour")).isEqualTo(json("""
                {"success":true,"key":"colour","value":"blue","updated_at":"2026-07-15T10:00:00.000Z"}"""));
    }

    @Test
    void succeedsWithNullForAKeyThatIsNotThere() {
        assertThat(get("colour")).isEqualTo(json("{\"success\":true,\"key\":\"colour\",\"value\":null}"));
    }

    @Test
    void forgets() {
        set("colour", "blue");

        assertThat(tools.call("memory.delete", Map.of("key", "colour")))
                .isEqualTo(json("{\"success\":true,\"key\":\"colour\",\"deleted\":true}"));
        assertThat(tools.call("memory.delete", Map.of("key", "colour")))
                .isEqualTo(json("{\"success\":true,\"key\":\"colour\",\"deleted\":false}"));
        assertThat(get("colour").get("value").isNull()).isTrue();
    }

    @Test
    void listsByKeyAndPrefix() {
        set("food.tea", "green");
        set("colour", "blue");
        set("food.bread", "rye");

        assertThat(tools.call("memory.list", Map.of("prefix", "food."))).isEqualTo(json("""
                {"success":true,"entries":[
                  {"key":"food.bread","value":"rye","updated_at":"2026-07-15T10:00:00.000Z"},
                  {"key":"food.tea","value":"green","updated_at":"2026-07-15T10:00:00.000Z"}],
                 "total":2,"truncated":false}"""));
        assertThat(tools.call("memory.list", Map.of()).get("total").intValue()).isEqualTo(3);
    }

    @Test
    void listsNoMoreThanAModelCanRead() {
        for (int i = 0; i < 201; i++) {
            set("key%03d".formatted(i), "😀".repeat(501));
        }

        JsonNode listing = tools.call("memory.list", Map.of());

        assertThat(listing.get("entries")).hasSize(200);
        assertThat(listing.get("total").intValue()).isEqualTo(201);
        assertThat(listing.get("truncated").booleanValue()).isTrue();
        assertThat(listing.get("entries").get(0).get("value").stringValue()).isEqualTo("😀".repeat(500) + "…");
    }

    @Test
    void keepsPrincipalsApart() {
        set("colour", "blue");
        ToolCalls others = new ToolCalls(tools.tools(), new Principal("other"), SessionId.create());

        assertThat(others.call("memory.get", Map.of("key", "colour"))
                        .get("value")
                        .isNull())
                .isTrue();
        assertThat(others.call("memory.list", Map.of()).get("total").intValue()).isZero();
        assertThat(others.call("memory.delete", Map.of("key", "colour"))
                        .get("deleted")
                        .booleanValue())
                .isFalse();
        assertThat(get("colour").get("value").stringValue()).isEqualTo("blue");
    }

    @Test
    void remembersInEverySessionOfAPrincipal() {
        set("colour", "blue");
        ToolCalls later = new ToolCalls(tools.tools(), tools.principal(), SessionId.create());

        assertThat(later.call("memory.get", Map.of("key", "colour"))
                        .get("value")
                        .stringValue())
                .isEqualTo("blue");
    }

    @Test
    void boundsKeysAndValues() {
        assertThat(set("😀".repeat(200), "x").get("success").booleanValue()).isTrue();
        assertThat(tools.error("memory.set", Map.of("key", "k".repeat(201), "value", "x")))
                .isEqualTo("'key' must have 1 to 200 characters, not 201");
        assertThat(tools.error("memory.get", Map.of("key", "")))
                .isEqualTo("'key' must have 1 to 200 characters, not 0");
        assertThat(set("k", "v".repeat(65_536)).get("success").booleanValue()).isTrue();
        assertThat(tools.error("memory.set", Map.of("key", "k", "value", "v".repeat(65_537))))
                .isEqualTo("'value' must have at most 65536 bytes, not 65537");
        assertThat(tools.error("memory.set", Map.of("key", "k"))).isEqualTo("'value' is required");
    }

    @Test
    void saysWhoMustAgreeAndWhatRecoveryMayDo() {
        assertThat(MemoryTools.over(store.memory()))
                .extracting(Tool::spec)
                .extracting(ToolSpec::name, ToolSpec::effect, ToolSpec::approval)
                .containsExactly(
                        tuple("memory.get", Effect.PURE, Approval.AUTO),
                        tuple("memory.set", Effect.IDEMPOTENT, Approval.AUTO),
                        tuple("memory.list", Effect.PURE, Approval.AUTO),
                        tuple("memory.delete", Effect.IDEMPOTENT, Approval.NOTIFY));
    }

    private JsonNode set(String key, String value) {
        return tools.call("memory.set", Map.of("key", key, "value", value));
    }

    private JsonNode get(String key) {
        return tools.call("memory.get", Map.of("key", key));
    }

    private static JsonNode json(String text) {
        return Json.MAPPER.readTree(text);
    }
}
