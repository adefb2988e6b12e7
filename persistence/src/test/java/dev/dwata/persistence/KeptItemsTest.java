package dev.dwata.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.item.ItemDraft;
import dev.dwata.agent.item.ItemEdit;
import dev.dwata.agent.store.ItemQuery;
import dev.dwata.agent.store.Items;
import dev.dwata.agent.store.Store;
import dev.dwata.types.ClientType;
import dev.dwata.types.Item;
import dev.dwata.types.ItemAuthor;
import dev.dwata.types.ItemId;
import dev.dwata.types.ItemInfo;
import dev.dwata.types.ItemKind;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Items outlive damage and machines: S2-159.
class KeptItemsTest {
    private static final ItemAuthor BY = ItemAuthor.client(Principal.LOCAL, ClientType.WEB, null, null);

    @TempDir
    Path folder;

    private Path database;
    private Item first;
    private Item second;

    @BeforeEach
    void fill() {
        database = folder.resolve("db.sqlite3");
        try (Store store = SqliteStore.open(database)) {
            first = create(store.items(), "Drums", "kick");
            second = create(store.items(), "Bass", "deep");
            first = patch(store.items(), first.id(), "{\"content\":{\"code\":\"snare\"}}");
        }
    }

    private static Item create(Items items, String title, String code) {
        return items.create(
                Principal.LOCAL,
                new ItemDraft(
                        ItemKind.CLIP,
                        title,
                        "p1",
                        Json.MAPPER.createObjectNode().put("code", code)),
                BY,
                new Items.Key("make " + title, "digest"));
    }

    private static Item patch(Items items, ItemId id, String patch) {
        return items.update(Principal.LOCAL, id, ItemEdit.patch(null, Json.MAPPER.readTree(patch)), BY);
    }

    @Test
    void whatIsLeftOfADamagedDatabaseHasThem() throws Exception {
        Damage.overwrite(database, 0, 96);

        Recovered recovered =
                new Maintenance(database, InstantSource.system()).recover().orElseThrow();

        assertThat(recovered.lost()).isEmpty();
        assertThat(recovered.verification().problems()).isEmpty();
        assertIsAllThere(database);
    }

    @Test
    void aCopyHasThem() throws Exception {
        Path copy = folder.resolve("copy.backup");
        new Maintenance(database, InstantSource.system()).backup(copy, "1");
        Path other = Files.createDirectory(folder.resolve("other")).resolve("db.sqlite3");
        new Maintenance(other, InstantSource.system()).restore(copy);

        assertIsAllThere(other);
    }

    private void assertIsAllThere(Path file) {
        try (Store store = SqliteStore.open(file)) {
            Items items = store.items();
            assertThat(items.find(Principal.LOCAL, first.id())).contains(first);
            assertThat(items.find(Principal.LOCAL, first.id(), 1).orElseThrow().content())
                    .isEqualTo(Json.MAPPER.readTree("{\"code\":\"kick\"}"));
            assertThat(found(items, "snare")).containsExactly(first.id());
            assertThat(found(items, "kick")).isEmpty();
            assertThat(create(items, "Drums", "kick").id()).isEqualTo(first.id());
            patch(items, second.id(), "{\"title\":\"Sub\"}");
            assertThat(items.list(Principal.LOCAL, ItemQuery.latest(5)).items())
                    .extracting(ItemInfo::id)
                    .containsExactly(second.id(), first.id());
        }
    }

    private static List<ItemId> found(Items items, String words) {
        return items.search(Principal.LOCAL, new ItemQuery(null, "p1", words, 5, 0)).stream()
                .map(hit -> hit.item().id())
                .toList();
    }
}
