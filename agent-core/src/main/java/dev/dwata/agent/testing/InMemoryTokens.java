package dev.dwata.agent.testing;

import dev.dwata.agent.store.Refusal;
import dev.dwata.agent.store.Tokens;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class InMemoryTokens implements Tokens {
    private final StoredState state;
    private final Map<String, Token> tokens = new LinkedHashMap<>();

    InMemoryTokens(StoredState state) {
        this.state = state;
    }

    @Override
    public Token add(NewToken wanted) {
        return state.locked(() -> {
            String maker = wanted.madeWith();
            if (maker != null) {
                Token asking = inForce(maker);
                maker = asking.madeWith() == null ? asking.id() : asking.madeWith();
            }
            if (all().size() >= MOST) {
                throw Refusal.tooManyTokens();
            }
            Instant now = now();
            return put(new Token(
                    wanted.secret().id(),
                    wanted.secret().hash(),
                    wanted.owner(),
                    wanted.name(),
                    wanted.scopes(),
                    now,
                    wanted.within() == null ? null : now.plus(wanted.within()),
                    maker));
        });
    }

    private Token put(Token token) {
        boolean known = tokens.values().stream()
                .anyMatch(other -> other.id().equals(token.id()) || other.hash().equals(token.hash()));
        if (known) {
            throw Refusal.tokenExists(token.id());
        }
        tokens.put(token.id(), token);
        return token;
    }

    @Override
    public Optional<Token> find(String hash) {
        return state.locked(
                () -> all().stream().filter(token -> token.hash().equals(hash)).findFirst());
    }

    @Override
    public boolean holds(String id) {
        return state.locked(() -> isInForce(tokens.get(id)));
    }

    @Override
    public List<Token> list() {
        return state.locked(this::all);
    }

    @Override
    public void revoke(String id) {
        state.locked(() -> tokens.remove(inForce(id).id()));
    }

    @Override
    public Token rotate(String id, Secret with) {
        return state.locked(() -> {
            Token before = inForce(id);
            Token after = put(new Token(
                    with.id(),
                    with.hash(),
                    before.owner(),
                    before.name(),
                    before.scopes(),
                    now(),
                    before.expiresAt(),
                    before.madeWith()));
            tokens.remove(id);
            return after;
        });
    }

    private Token inForce(String id) {
        Token token = tokens.get(id);
        if (token == null || !isInForce(token)) {
            throw Refusal.noToken(id);
        }
        return token;
    }

    private boolean isInForce(@Nullable Token token) {
        if (token == null || (token.expiresAt() != null && !token.expiresAt().isAfter(now()))) {
            return false;
        }
        return token.madeWith() == null || isInForce(tokens.get(token.madeWith()));
    }

    private List<Token> all() {
        return tokens.values().stream().filter(this::isInForce).toList();
    }

    private Instant now() {
        return state.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
