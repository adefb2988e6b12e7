package dev.dwata.agent.store;

import dev.dwata.types.AgentException;
import dev.dwata.types.Principal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Who is to be told of what is appended to streams.
public interface StreamSubscriptions {
    /// Of one owner.
    int MOST = 1_000;

    Optional<StreamSubscription> find(Principal owner, String id);

    /// By their ids.
    List<StreamSubscription> list(Principal owner);

    /// Of all owners.
    List<StreamSubscription> all(int limit);

    /// Those of all owners that wait for a time to pass, or for somebody.
    List<StreamSubscription> underWay(int limit);

    /// Changes one, or makes it, or takes it away: what `change` sees stays as it is until its result is
    /// stored.
    ///
    /// @param change gets absence for what is not there, and must not use the store
    /// @throws AgentException what `change` throws; nothing is stored then; `Conflict` if there are too many
    <T extends @Nullable Object> T change(
            Principal owner, String id, Function<@Nullable StreamSubscription, Changed<T>> change);

    /// @param now    absent: there is to be none
    /// @param result for the caller
    record Changed<T extends @Nullable Object>(@Nullable StreamSubscription now, T result) {}

    /// What this store's notices are signed with: the same until the end of its time.
    ///
    /// @param made asked once, when there is none yet
    String signingKey(Supplier<String> made);
}
