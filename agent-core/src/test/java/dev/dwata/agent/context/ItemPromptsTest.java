package dev.dwata.agent.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.Run;
import dev.dwata.agent.Session;
import dev.dwata.agent.item.ItemDraft;
import dev.dwata.agent.item.ItemEdit;
import dev.dwata.agent.redaction.Redaction;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.Sessions;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.types.ClientType;
import dev.dwata.types.Item;
import dev.dwata.types.ItemAuthor;
import dev.dwata.types.ItemKind;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// S2-90, S2-139, S2-140: the agent knows the item that its session is about.
@Timeout(60)
class ItemPromptsTest {
    private static final ItemAuthor PERSON = ItemAuthor.client(Principal.LOCAL, ClientType.WEB, null, null);

    private final InMemoryStore store = new InMemoryStore();
    private final ScriptedModel model = new ScriptedModel();
    private final LocalRuntime runtime = AgentRuntime.builder()
            .models(model.asModels())
            .store(store)
            .prompts(ItemPrompts.around((agent, owner, session) -> "Be brief.", store.items(), Redaction.byShape()))
            .build();

    @AfterEach
    void close() {
        runtime.close();
    }

    private Item clip(String code) {
        return store.items()
                .create(
                        Principal.LOCAL,
                        new ItemDraft(
                                ItemKind.CLIP,
                                "Drums",
                                "p1",
                                Json.MAPPER.createObjectNode().put("code", code)),
                        PERSON,
                        null);
    }

    private Session about(@Nullable String item) {
        return runtime.createSession(new NewSession(null, null, null, "clip", item, null, null));
    }

    private String told(Session session) throws Exception {
        model.says("Hello.");
        try (Run run = session.prompt("Hi")) {
            run.await();
        }
        return Objects.requireNonNullElse(model.requests().getLast().system(), "");
    }

    @Test
    void tellsTheItemAsItIsWhenARunBegins() throws Exception {
        Item clip = clip("line one\nline two");
        Session session = about(clip.id().value());

        assertThat(told(session))
                .startsWith("Be brief.\n\nThis session is about an item.")
                .endsWith("item: {\"item_id\":\"" + clip.id()
                        + "\",\"kind\":\"clip\",\"title\":\"Drums\",\"version\":1,\"project_id\":\"p1\"}\n"
                        + "content: {\"code\":\"line one\\nline two\"}");

        store.items()
                .update(
                        Principal.LOCAL,
                        clip.id(),
                        ItemEdit.patch(1L, Json.MAPPER.readTree("{\"content\":{\"code\":\"new\"}}")),
                        PERSON);
        assertThat(told(session)).contains("\"version\":2").endsWith("content: {\"code\":\"new\"}");
        store.items().delete(Principal.LOCAL, clip.id(), null, PERSON);
        assertThat(told(session)).isEqualTo("Be brief.");
    }

    @Test
    void tellsWhatTheClientShows() throws Exception {
        Session session = about(clip("stored").id().value());
        store.sessions()
                .update(
                        Principal.LOCAL,
                        session.id(),
                        Sessions.Change.context(Json.MAPPER.readTree("{\"current_code\":\"typed\"}")));

        assertThat(told(session)).endsWith("\nwhat the client shows: {\"current_code\":\"typed\"}");
    }

    @Test
    void saysNothingOfWhatIsNotHere() throws Exception {
        assertThat(told(about(null))).isEqualTo("Be brief.");
        assertThat(told(about("clip-of-another-program"))).isEqualTo("Be brief.");
    }

    @Test
    void isBoundedAndWithoutSecrets() throws Exception {
        String key = "sk-ant-api03-" + "a1B2c3D4".repeat(10);

        assertThat(told(about(clip("x".repeat(100_000)).id().value())))
                .hasSizeLessThan(34_000)
                .endsWith("\n(cut here; items.get reads more)");
        assertThat(told(about(clip("use " + key).id().value()))).doesNotContain(key);
    }
}
