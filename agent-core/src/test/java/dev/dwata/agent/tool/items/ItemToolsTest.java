package dev.dwata.agent.tool.items;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.Run;
import dev.dwata.agent.item.ItemDraft;
import dev.dwata.agent.item.ItemEdit;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.store.ItemQuery;
import dev.dwata.agent.store.Items;
import dev.dwata.agent.testing.CrashSimulation;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.agent.tool.CallReview;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolCalls;
import dev.dwata.agent.tool.ToolRegistry;
import dev.dwata.agent.tool.ToolTrait;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.Approval;
import dev.dwata.types.ClientType;
import dev.dwata.types.Effect;
import dev.dwata.types.InputId;
import dev.dwata.types.InputResponse;
import dev.dwata.types.Item;
import dev.dwata.types.ItemAuthor;
import dev.dwata.types.ItemId;
import dev.dwata.types.ItemKind;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// S2-153 … S2-156, S1-158 … S1-162.
@Timeout(60)
class ItemToolsTest {
    private static final ItemAuthor PERSON = ItemAuthor.client(Principal.LOCAL, ClientType.WEB, null, null);
    private static final Principal OTHER = new Principal("other");

    private final InMemoryStore store = new InMemoryStore();
    private final Items items = store.items();
    private final ToolCalls tools = new ToolCalls(new ToolRegistry(all()), Principal.LOCAL, SessionId.create());

    private List<Tool> all() {
        return ItemTools.over(items, store.runs());
    }

    private Item clip(String title, String code) {
        return items.create(
                Principal.LOCAL,
                new ItemDraft(
                        ItemKind.CLIP,
                        title,
                        null,
                        Json.MAPPER.createObjectNode().put("code", code)),
                PERSON,
                null);
    }

    @Test
    void makesReadsChangesAndDeletes() {
        JsonNode made =
                tools.call("items.create", Map.of("kind", "clip", "title", "Drums", "content", Map.of("code", "one")));
        String id = made.path("item").path("item_id").asString("");
        assertThat(made.path("item").path("version").asInt()).isEqualTo(1);

        tools.call("items.update", Map.of("item_id", id, "version", 1, "patch", Map.of("bpm", 120)));
        JsonNode read = tools.call("items.get", Map.of("item_id", id));
        assertThat(read.path("content")).isEqualTo(Json.MAPPER.readTree("{\"code\":\"one\",\"bpm\":120}"));
        assertThat(read.path("item").path("version").asInt()).isEqualTo(2);
        assertThat(tools.error("items.update", Map.of("item_id", id, "version", 1, "title", "Bass")))
                .isEqualTo("item " + id + " is at version 2, not at 1; read it again");
        assertThat(tools.call("items.search", Map.of("query", "one")).path("items"))
                .hasSize(1);
        assertThat(tools.call("items.list", Map.of("kind", "song"))
                        .path("total")
                        .asInt())
                .isZero();

        Map<String, ?> gone = Map.of("item_id", id, "version", 2);
        assertThat(tools.call("items.delete", gone).path("deleted").asBoolean()).isTrue();
        assertThat(tools.call("items.delete", gone).path("deleted").asBoolean(true))
                .isFalse();
        assertThat(tools.error("items.get", Map.of("item_id", id))).isEqualTo("there is no item " + id);
    }

    @Test
    void tellsWhatIsWrong() {
        assertThat(tools.error("items.create", Map.of("kind", "clip", "title", "x", "content", Map.of())))
                .isEqualTo("content.code is required");
        assertThat(tools.error("items.get", Map.of("item_id", "x"))).isEqualTo("itemId must be a UUID, not 'x'");
        assertThat(tools.error("items.list", Map.of("limit", 51))).isEqualTo("'limit' must be 1 to 50, not 51");
        assertThat(tools.error(
                        "items.update",
                        Map.of(
                                "item_id",
                                ItemId.create().value(),
                                "version",
                                1,
                                "content",
                                Map.of(),
                                "patch",
                                Map.of())))
                .isEqualTo("give either 'content' or 'patch', not both");
    }

    @Test
    void readsFilesAsTextToo() {
        JsonNode content = Json.MAPPER.readTree("""
                {"body":[{"type":"heading","level":1,"text":"Title"},{"type":"paragraph","text":"Text."}],
                 "transcript":[{"id":"1","speaker":"Ada","start":1.5,"end":2,"text":"Hello."}]}""");
        Item file = items.create(Principal.LOCAL, new ItemDraft(ItemKind.FILE, "Talk", null, content), PERSON, null);

        JsonNode read = tools.call("items.get", Map.of("item_id", file.id().value()));

        assertThat(read.path("plain_text").asString("")).isEqualTo("# Title\n\nText.");
        assertThat(read.path("transcript_text").asString("")).isEqualTo("[1.5] Ada: Hello.");
    }

    @Test
    void seesNothingOfOthers() {
        Item mine = clip("Drums", "one");
        ToolCalls theirs = new ToolCalls(tools.tools(), OTHER, SessionId.create());

        assertThat(theirs.error("items.get", Map.of("item_id", mine.id().value())))
                .isEqualTo("there is no item " + mine.id());
        assertThat(theirs.call("items.list", Map.of()).path("total").asInt()).isZero();
    }

    @Test
    void saysWhatItDoesAndWhoMustAgree() {
        assertThat(all())
                .extracting(Tool::spec)
                .extracting(
                        spec -> spec.name(),
                        spec -> spec.effect(),
                        spec -> spec.approval(),
                        spec -> spec.traits().contains(ToolTrait.WRITE))
                .containsExactly(
                        tuple("items.list", Effect.PURE, Approval.AUTO, false),
                        tuple("items.search", Effect.PURE, Approval.AUTO, false),
                        tuple("items.get", Effect.PURE, Approval.AUTO, false),
                        tuple("items.create", Effect.IDEMPOTENT, Approval.NOTIFY, true),
                        tuple("items.update", Effect.IDEMPOTENT, Approval.CONFIRM, true),
                        tuple("items.delete", Effect.IDEMPOTENT, Approval.CONFIRM, true));
    }

    @Test
    void bindsAnAgreementToTheVersionThatWasShown() throws Exception {
        Item clip = clip("Drums", "one");
        Map<String, ?> call = Map.of("item_id", clip.id().value(), "version", 1, "title", "Bass");

        CallReview review = tools.review("items.update", call);
        assertThat(review.bound()).isEqualTo(Map.of("item", "clip \"Drums\"", "version", "1"));
        assertThat(review.always()).isEqualTo(Map.of("item_id", clip.id().value()));
        assertThat(tools.review("items.delete", Map.of("item_id", clip.id().value(), "version", 1))
                        .always())
                .isNull();
        items.update(
                Principal.LOCAL,
                clip.id(),
                ItemEdit.patch(null, Json.MAPPER.readTree("{\"title\":\"Snare\"}")),
                PERSON);
        assertThatThrownBy(() -> tools.review("items.update", call)).hasMessageContaining("is at version 2, not at 1");
    }

    @Test
    void keepsNoSecretThatAPersonWasAskedFor() throws Exception {
        String secret = "secret:" + InputId.create() + "/password";

        assertThat(tools.review(
                                "items.create",
                                Map.of("kind", "clip", "title", "x", "content", Map.of("code", "use " + secret)))
                        .denial())
                .isEqualTo("a secret is not kept in an item");
    }

    @Test
    void worksInARunWhoseAgentIsNamed() throws Exception {
        ScriptedModel model = new ScriptedModel()
                .calls("items.create", "{\"kind\":\"clip\",\"title\":\"Drums\",\"content\":{\"code\":\"one\"}}")
                .says("Done.");
        try (LocalRuntime runtime = AgentRuntime.builder()
                        .models(model.asModels())
                        .store(store)
                        .tools(all())
                        .policy(ToolPolicy.allowAll())
                        .build();
                Run run = runtime.createSession().prompt("Make a clip.")) {
            run.await();
            assertThat(items.list(Principal.LOCAL, ItemQuery.latest(5)).items())
                    .singleElement()
                    .satisfies(item -> assertThat(item.updatedBy())
                            .isEqualTo(ItemAuthor.agent(Principal.LOCAL, "default", run.sessionId(), run.id())));
        }
    }

    /// All processes find the same items, as in one file.
    @Test
    void makesAndChangesNothingTwiceWhereverTheProcessEnds_P3() throws Exception {
        Item clip = clip("Drums", "one");
        CrashSimulation.of(
                        () -> new ScriptedModel()
                                .calls(
                                        "items.create",
                                        "{\"kind\":\"clip\",\"title\":\"Made\",\"content\":{\"code\":\"\"}}")
                                .calls(
                                        "items.update",
                                        "{\"item_id\":\"" + clip.id() + "\",\"version\":1,\"title\":\"Changed\"}")
                                .says("Done.")
                                .byConversation(),
                        "Go.")
                .tools(this::all)
                .policy(ToolPolicy.asking())
                .answers(request -> new InputResponse.Approve())
                .check(recovered -> {
                    assertThat(recovered.after().getLast().event()).isInstanceOf(AgentEvent.RunCompleted.class);
                    assertThat(recovered.after())
                            .filteredOn(entry ->
                                    entry.event() instanceof AgentEvent.ToolReturned returned && !returned.success())
                            .isEmpty();
                    assertThat(items.find(Principal.LOCAL, clip.id())
                                    .orElseThrow()
                                    .version())
                            .isEqualTo(2);
                })
                .run();

        // the crash before the message was taken is the only one after which a client asks for another run
        assertThat(items.list(Principal.LOCAL, new ItemQuery(null, null, "Made", 50, 0))
                        .total())
                .isEqualTo(1);
    }
}
