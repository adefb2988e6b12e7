package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.dwata.agent.item.ItemDraft;
import dev.dwata.agent.item.ItemEdit;
import dev.dwata.agent.store.ItemQuery;
import dev.dwata.agent.store.Items;
import dev.dwata.agent.store.NewSession;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.ClientType;
import dev.dwata.types.Item;
import dev.dwata.types.ItemAuthor;
import dev.dwata.types.ItemChange;
import dev.dwata.types.ItemId;
import dev.dwata.types.ItemInfo;
import dev.dwata.types.ItemKind;
import dev.dwata.types.Json;
import dev.dwata.types.SessionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What every [Items] does; S2-57 … S2-61, S2-65, S2-159, S3-17, C-49.
public abstract class ItemsContract extends StoreContract {
    private static final ItemAuthor BY = ItemAuthor.client(OWNER, ClientType.WEB, "tab", null);
    private static final ItemAuthor OTHERS = ItemAuthor.client(OTHER, ClientType.WEB, null, null);

    @Test
    void keepsWhatItIsGiven() {
        Item made = items().create(OWNER, clip("Drums", "s(\"bd*4\")"), BY, null);

        assertThat(made.version()).isEqualTo(1);
        assertThat(made.info().updatedBy()).isEqualTo(BY);
        assertThat(made.content()).isEqualTo(json("{\"code\":\"s(\\\"bd*4\\\")\"}"));
        assertThat(items().find(OWNER, made.id())).contains(made);
        assertThat(items().find(OTHER, made.id())).isEmpty();
        assertThat(items().versions(OTHER, made.id())).isEmpty();
        assertThat(items().list(OTHER, ItemQuery.latest(10)).total()).isZero();
    }

    @Test
    void countsVersionsAndKeepsTheLatest() {
        ItemId id = items().create(OWNER, clip("Drums", "0"), BY, null).id();
        for (int i = 1; i <= Items.KEPT_VERSIONS + 5; i++) {
            assertThat(code(id, (long) i, "" + i).version()).isEqualTo(i + 1);
        }

        long now = Items.KEPT_VERSIONS + 6;
        assertThat(items().versions(OWNER, id)).extracting(ItemInfo::version).hasSize(Items.KEPT_VERSIONS + 1);
        assertThat(items().versions(OWNER, id).getFirst().version()).isEqualTo(now);
        assertThat(items().find(OWNER, id, 8).orElseThrow().content()).isEqualTo(json("{\"code\":\"7\"}"));
        assertThat(items().find(OWNER, id, now)).isEqualTo(items().find(OWNER, id));
        assertThat(items().find(OWNER, id, 1)).isEmpty();
        assertThat(items().find(OTHER, id, now)).isEmpty();
    }

    @Test
    void refusesWhatWasMadeForAnotherVersion() {
        ItemId id = items().create(OWNER, clip("Drums", "one"), BY, null).id();
        code(id, 1L, "two");

        assertStale(() -> code(id, 1L, "three"), 1, 2);
        assertStale(() -> items().delete(OWNER, id, 1L, BY), 1, 2);
        assertThat(items().find(OWNER, id).orElseThrow().content()).isEqualTo(json("{\"code\":\"two\"}"));
        assertThat(code(id, null, "three").version()).isEqualTo(3);
    }

    private static void assertStale(Callable<?> call, long expected, long version) {
        assertThatThrownBy(call::call).isInstanceOfSatisfying(AgentException.class, e -> {
            assertThat(e.error())
                    .isInstanceOfSatisfying(
                            AgentError.Conflict.class,
                            conflict -> assertThat(conflict.details())
                                    .isEqualTo(Map.of("expectedVersion", expected, "version", version)));
            assertThat(e.getMessage()).contains("version " + version).contains("not at " + expected);
        });
    }

    @Test
    void letsOneOfManyWin() throws Exception {
        ItemId id = items().create(OWNER, clip("Drums", "none"), BY, null).id();
        AtomicInteger stale = new AtomicInteger();
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 16; i++) {
                String text = "thread " + i;
                all.add(threads.submit(() -> {
                    try {
                        code(id, 1L, text);
                    } catch (AgentException e) {
                        assertThat(e.error()).isInstanceOf(AgentError.Conflict.class);
                        stale.incrementAndGet();
                    }
                }));
            }
        }
        for (Future<?> one : all) {
            one.get();
        }

        assertThat(stale).hasValue(15);
        assertThat(items().find(OWNER, id).orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void mergesPatches() {
        JsonNode content = json("{\"code\":\"x\",\"view\":{\"zoom\":2,\"panel\":\"left\"}}");
        ItemId id = items().create(OWNER, new ItemDraft(ItemKind.CLIP, "Drums", "p1", content), BY, null)
                .id();

        Item patched = items().update(
                        OWNER,
                        id,
                        ItemEdit.patch(
                                1L, json("{\"projectId\":null,\"content\":{\"view\":{\"panel\":null,\"y\":1}}}")),
                        BY);

        assertThat(patched.info().title()).isEqualTo("Drums");
        assertThat(patched.info().projectId()).isNull();
        assertThat(patched.content()).isEqualTo(json("{\"code\":\"x\",\"view\":{\"zoom\":2,\"y\":1}}"));
        assertInvalid("title cannot be removed", () -> patch(id, "{\"title\":null}"));
        assertInvalid("content.code is required", () -> patch(id, "{\"content\":{\"code\":null}}"));
    }

    @Test
    void makesNoVersionOfNoChange() {
        ItemId id = items().create(OWNER, clip("Drums", "one"), BY, null).id();
        long seen = items().latestChange();

        assertThat(code(id, 1L, "one").version()).isEqualTo(1);
        assertThat(items().latestChange()).isEqualTo(seen);
    }

    @Test
    void makesOnceWhatIsAskedForTwice() {
        Items.Key key = new Items.Key("run_1/call_1", "digest");
        Item made = items().create(OWNER, clip("Drums", "one"), BY, key);
        code(made.id(), 1L, "two");

        Item again = items().create(OWNER, clip("Drums", "one"), BY, key);
        assertThat(again.id()).isEqualTo(made.id());
        assertThat(again.version()).isEqualTo(2);
        assertThat(items().list(OWNER, ItemQuery.latest(10)).total()).isEqualTo(1);
        assertRefused(
                AgentError.IdempotencyConflict.class,
                () -> items().create(OWNER, clip("Bass", ""), BY, new Items.Key("run_1/call_1", "another")));
        assertThat(items().create(OTHER, clip("Drums", "one"), OTHERS, key).id())
                .isNotEqualTo(made.id());
    }

    @Test
    void changesOnceWhatIsAskedForTwice() {
        ItemId id = items().create(OWNER, clip("Drums", "one"), BY, null).id();
        ItemEdit edit = ItemEdit.patch(1L, json("{\"title\":\"Bass\"}")).withKey("run_1/call_2");

        assertThat(items().update(OWNER, id, edit, BY).version()).isEqualTo(2);
        assertThat(items().update(OWNER, id, edit, BY).version()).isEqualTo(2);
        code(id, 2L, "two");
        assertStale(() -> items().update(OWNER, id, edit, BY), 1, 3);
    }

    @Test
    void deletesWithAllVersions() {
        ItemId id = items().create(OWNER, clip("Drums", "one"), BY, null).id();
        code(id, 1L, "two");

        assertRefused(AgentError.NotFound.class, () -> items().delete(OTHER, id, null, OTHERS));
        assertThat(items().delete(OWNER, id, 2L, BY).last().version()).isEqualTo(2);
        assertThat(items().find(OWNER, id)).isEmpty();
        assertThat(items().find(OWNER, id, 1)).isEmpty();
        assertRefused(AgentError.NotFound.class, () -> items().delete(OWNER, id, null, BY));
        assertRefused(AgentError.NotFound.class, () -> code(id, null, "three"));
    }

    @Test
    void tellsOfWhatRefersToNothing() {
        ItemId drums = items().create(OWNER, clip("Drums", "one"), BY, null).id();
        ItemId bass = items().create(OWNER, clip("Bass", "two"), BY, null).id();
        Item song = items().create(OWNER, list(ItemKind.SONG, drums, bass, drums), BY, null);
        items().create(OWNER, list(ItemKind.PLAYLIST, song.id()), BY, null);
        assertThat(items().missing(OWNER, song)).isEmpty();

        assertThat(items().delete(OWNER, drums, null, BY).referredBy())
                .extracting(ItemInfo::id)
                .containsExactly(song.id());
        assertThat(items().missing(OWNER, song)).containsExactly(drums);
        assertThat(patch(song.id(), "{\"title\":\"Still there\"}").version()).isEqualTo(2);
    }

    @Test
    void refusesReferencesToWhatIsNotThere() {
        ItemId theirs = items().create(OTHER, clip("Theirs", ""), OTHERS, null).id();
        ItemId mine = items().create(OWNER, clip("Mine", ""), BY, null).id();
        ItemId song = items().create(OWNER, list(ItemKind.SONG, mine), BY, null).id();

        assertInvalid(
                "content.items[1].itemId: there is no item " + theirs,
                () -> items().create(OWNER, list(ItemKind.SONG, mine, theirs), BY, null));
        assertInvalid(
                "content.items[0].itemId: item " + song + " is a song, not a clip",
                () -> items().create(OWNER, list(ItemKind.SONG, song), BY, null));
    }

    @Test
    void listsTheLatestFirst() {
        ItemId drums = items().create(OWNER, clip("Drums", ""), BY, null).id();
        ItemId bass = items().create(OWNER, clip("Bass", ""), BY, null).id();
        ItemId text = items().create(
                        OWNER, new ItemDraft(ItemKind.DOCUMENT, "Notes", "p1", json("{\"text\":\"\"}")), BY, null)
                .id();
        code(drums, 1L, "changed");

        assertThat(list(null, null, null)).containsExactly(drums, text, bass);
        assertThat(list(ItemKind.CLIP, null, null)).containsExactly(drums, bass);
        assertThat(list(null, "p1", null)).containsExactly(text);
        assertThat(list(null, null, "chang")).containsExactly(drums);
        assertThat(list(null, null, "?!")).isEmpty();
        Items.Page second = items().list(OWNER, new ItemQuery(null, null, null, 1, 1));
        assertThat(second.items()).extracting(ItemInfo::id).containsExactly(text);
        assertThat(second.total()).isEqualTo(3);
    }

    @Test
    void findsByWords() {
        ItemId inContent = items().create(
                        OWNER,
                        new ItemDraft(
                                ItemKind.FILE,
                                "Meeting",
                                null,
                                json("{\"body\":[{\"type\":\"paragraph\",\"text\":\"We bought a Köder today\"}]}")),
                        BY,
                        null)
                .id();
        ItemId inTitle =
                items().create(OWNER, clip("Koder", "nothing"), BY, null).id();
        items().create(OTHER, clip("Koder", "theirs"), OTHERS, null);

        List<Items.Hit> hits = items().search(OWNER, new ItemQuery(null, null, "koder", 10, 0));
        assertThat(hits).extracting(hit -> hit.item().id()).containsExactly(inTitle, inContent);
        assertThat(hits.get(1).snippet()).contains("a «Köder» today");
        code(inTitle, 1L, "snare roll");
        assertThat(items().search(OWNER, new ItemQuery(ItemKind.CLIP, null, "snare koder", 10, 0)))
                .hasSize(1);
        items().delete(OWNER, inTitle, null, BY);
        assertThat(items().search(OWNER, new ItemQuery(null, null, "snare", 10, 0)))
                .isEmpty();
    }

    @Test
    void tellsWhatChanged() {
        AtomicInteger heard = new AtomicInteger();
        items().listen(heard::incrementAndGet);
        long before = items().latestChange();
        ItemId id = items().create(OWNER, clip("Drums", "one"), BY, null).id();
        SessionId session = session(OWNER, about(id.value()));
        code(id, 1L, "two");
        items().delete(OWNER, id, null, BY);

        List<ItemChange> changes = items().changes(before, 10);
        assertThat(changes)
                .extracting(ItemChange::change, change -> change.item().version(), ItemChange::sessions)
                .containsExactly(
                        tuple(ItemChange.Kind.CREATED, 1L, List.of()),
                        tuple(ItemChange.Kind.UPDATED, 2L, List.of()),
                        tuple(ItemChange.Kind.DELETED, 2L, List.of(session)));
        assertThat(changes).allMatch(change -> change.owner().equals(OWNER));
        assertThat(items().changes(changes.get(1).seq(), 10)).containsExactly(changes.get(2));
        assertThat(items().latestChange()).isEqualTo(changes.get(2).seq());
        assertThat(heard).hasValue(3);
    }

    @Test
    void letsSessionsBeAboutItems() {
        ItemId id = items().create(OWNER, clip("Drums", "one"), BY, null).id();
        SessionId about = session(OWNER, about(id.value()));
        SessionId foreign = session(OWNER, about("clip-of-another-program"));

        assertRefused(
                AgentError.NotFound.class,
                () -> session(OWNER, about(ItemId.create().value())));
        assertRefused(AgentError.NotFound.class, () -> session(OTHER, about(id.value())));
        items().delete(OWNER, id, null, BY);
        assertThat(info(about).itemId()).isNull();
        assertThat(info(foreign).itemId()).isEqualTo("clip-of-another-program");
    }

    @Test
    void keepsTextOfAnyKind() {
        Item made = items().create(OWNER, clip("nul \0", "half \uD83E"), BY, null);

        assertThat(made.info().title()).isEqualTo("nul \uFFFD");
        assertThat(items().find(OWNER, made.id())).contains(made);
        assertThat(made.content()).isEqualTo(json("{\"code\":\"half \uFFFD\"}"));
    }

    private static NewSession about(String item) {
        return new NewSession(null, null, null, "clip", item, null, null);
    }

    private List<ItemId> list(@Nullable ItemKind kind, @Nullable String project, @Nullable String query) {
        return items().list(OWNER, new ItemQuery(kind, project, query, 10, 0)).items().stream()
                .map(ItemInfo::id)
                .toList();
    }

    private static void assertInvalid(String message, Callable<?> call) {
        assertThatThrownBy(call::call).isInstanceOfSatisfying(AgentException.class, e -> {
            assertThat(e.error()).isInstanceOf(AgentError.InvalidRequest.class);
            assertThat(e).hasMessage(message);
        });
    }

    private Item patch(ItemId id, String patch) {
        return items().update(OWNER, id, ItemEdit.patch(null, json(patch)), BY);
    }

    private Item code(ItemId id, @Nullable Long expected, String code) {
        return items().update(
                        OWNER,
                        id,
                        ItemEdit.patch(
                                expected,
                                Json.MAPPER
                                        .createObjectNode()
                                        .set(
                                                "content",
                                                Json.MAPPER.createObjectNode().put("code", code))),
                        BY);
    }

    private static ItemDraft clip(String title, String code) {
        return new ItemDraft(
                ItemKind.CLIP, title, null, Json.MAPPER.createObjectNode().put("code", code));
    }

    private static ItemDraft list(ItemKind kind, ItemId... ids) {
        var content = Json.MAPPER.createObjectNode();
        var items = content.putArray("items");
        for (ItemId id : ids) {
            items.addObject().put("itemId", id.value());
        }
        return new ItemDraft(kind, "A " + kind, null, content);
    }

    private static JsonNode json(String text) {
        return Json.MAPPER.readTree(text);
    }

    private Items items() {
        return store.items();
    }
}
