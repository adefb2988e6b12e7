package dev.dwata.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.Store;
import dev.dwata.agent.store.Tokens.NewToken;
import dev.dwata.agent.store.Tokens.Secret;
import dev.dwata.agent.store.Tokens.Token;
import dev.dwata.types.Principal;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenRecoveryTest {
    private static final Principal ADA = new Principal("ada");

    @TempDir
    Path folder;

    private static void add(Store store, String id, String digit) {
        Secret secret = new Secret(id, digit.repeat(64));
        store.tokens().add(new NewToken(secret, ADA, "laptop", Set.of("read"), null, null));
    }

    @Test
    void whoWasLetInStillIsAndWhoWasNotIsNot() throws Exception {
        Path database = folder.resolve("db.sqlite3");
        try (Store store = SqliteStore.open(database)) {
            add(store, "tok_kept", "a");
            add(store, "tok_ended", "b");
            store.tokens().revoke("tok_ended");
        }
        Damage.overwrite(database, 0, 96);

        assertThat(new Maintenance(database).recover()).isPresent();

        try (Store store = SqliteStore.open(database)) {
            assertThat(store.tokens().list()).extracting(Token::id).containsExactly("tok_kept");
            assertThat(store.tokens().find("a".repeat(64)).orElseThrow().owner())
                    .isEqualTo(ADA);
            assertThat(store.tokens().find("b".repeat(64))).isEmpty();
        }
    }
}
