package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.store.Tokens.NewToken;
import dev.dwata.agent.store.Tokens.Secret;
import dev.dwata.agent.store.Tokens.Token;
import dev.dwata.types.AgentError;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every [dev.dwata.agent.store.Tokens] does.
public abstract class TokensContract extends StoreContract {

    private static Secret secret(String id) {
        return new Secret(
                id,
                String.format(Locale.ROOT, "%64x", id.hashCode() & 0xffff_ffffL).replace(' ', '0'));
    }

    private static NewToken wanted(String id, @Nullable Duration within, @Nullable String madeWith) {
        return new NewToken(secret(id), OWNER, "the laptop", Set.of("read", "run"), within, madeWith);
    }

    private Token add(String id) {
        return store.tokens().add(wanted(id, null, null));
    }

    @Test // S1-180
    void areFoundByTheirHashesWithAllTheyAreGoodFor() {
        Token laptop = add("tok_a");
        Token other = store.tokens().add(new NewToken(secret("tok_b"), OTHER, "", Set.of(), Duration.ofDays(1), null));

        assertThat(laptop.owner()).isEqualTo(OWNER);
        assertThat(laptop.scopes()).containsExactlyInAnyOrder("read", "run");
        assertThat(laptop.name()).isEqualTo("the laptop");
        assertThat(laptop.expiresAt()).isNull();
        assertThat(other.expiresAt()).isEqualTo(other.createdAt().plus(Duration.ofDays(1)));
        assertThat(store.tokens().find(secret("tok_a").hash())).contains(laptop);
        assertThat(store.tokens().find(secret("tok_b").hash()).orElseThrow().owner())
                .isEqualTo(OTHER);
        assertThat(store.tokens().find(secret("tok_c").hash())).isEmpty();
        assertThat(store.tokens().list()).extracting(Token::id).containsExactlyInAnyOrder("tok_a", "tok_b");
    }

    @Test // F6
    void areNotInForceOnceTheyAreRevoked() {
        add("tok_a");
        add("tok_b");
        assertThat(store.tokens().holds("tok_a")).isTrue();

        store.tokens().revoke("tok_a");

        assertThat(store.tokens().holds("tok_a")).isFalse();
        assertThat(store.tokens().find(secret("tok_a").hash())).isEmpty();
        assertThat(store.tokens().list()).extracting(Token::id).containsExactly("tok_b");
        assertRefused(AgentError.NotFound.class, () -> store.tokens().revoke("tok_a"));
        assertRefused(AgentError.NotFound.class, () -> store.tokens().rotate("tok_a", secret("tok_c")));
    }

    @Test
    void endByThemselvesWhenTheirTimeIsOver() {
        store.tokens().add(wanted("tok_a", Duration.ofMillis(-1), null));

        assertThat(store.tokens().find(secret("tok_a").hash())).isEmpty();
        assertThat(store.tokens().holds("tok_a")).isFalse();
        assertThat(store.tokens().list()).isEmpty();
    }

    @Test
    void endWithTheTokenThatTheyWereMadeWith() {
        add("tok_a");
        store.tokens().add(wanted("tok_web", Duration.ofDays(1), "tok_a"));
        Token second = store.tokens().add(wanted("tok_web2", Duration.ofDays(1), "tok_web"));
        assertThat(second.madeWith()).as("the first of all").isEqualTo("tok_a");
        store.tokens().revoke("tok_web");
        assertThat(store.tokens().holds("tok_web2")).isTrue();

        store.tokens().rotate("tok_a", secret("tok_b"));

        assertThat(store.tokens().holds("tok_web2")).isFalse();
        assertRefused(AgentError.NotFound.class, () -> store.tokens().add(wanted("tok_c", null, "tok_a")));
    }

    @Test // GHSA-m8wm-r5vq-qjpg: a rotated token is no longer valid
    void areRotatedAtOnce() {
        Token before = add("tok_a");

        Token after = store.tokens().rotate("tok_a", secret("tok_b"));

        assertThat(after)
                .isEqualTo(new Token(
                        "tok_b",
                        secret("tok_b").hash(),
                        before.owner(),
                        before.name(),
                        before.scopes(),
                        after.createdAt(),
                        null,
                        null));
        assertThat(store.tokens().list()).containsExactly(after);
        assertThat(store.tokens().find(secret("tok_a").hash())).isEmpty();
    }

    @Test
    void areRefusedTwice() {
        add("tok_a");
        assertRefused(AgentError.Conflict.class, () -> add("tok_a"));
        assertRefused(AgentError.Conflict.class, () -> store.tokens().rotate("tok_a", secret("tok_a")));
        assertThat(store.tokens().holds("tok_a")).isTrue();
        assertThatThrownBy(() -> new Secret("tok_a", "plain")).isInstanceOf(IllegalArgumentException.class);
    }
}
