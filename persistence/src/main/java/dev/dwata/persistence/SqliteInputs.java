package dev.dwata.persistence;

import dev.dwata.agent.store.Inputs;
import dev.dwata.types.InputId;
import dev.dwata.types.InputRequest;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class SqliteInputs implements Inputs {
    private static final int MOST = 1_000;

    private final Readers readers;

    SqliteInputs(Readers readers) {
        this.readers = readers;
    }

    @Override
    public Optional<InputRequest> find(InputId id) {
        return readers.read(handle -> new InputRows(handle).find(id));
    }

    @Override
    public List<InputRequest> open(Principal owner, @Nullable SessionId session) {
        return readers.read(handle -> handle.createQuery(InputRows.SELECT + """
                        WHERE q.owner = :owner AND q.resolved_at IS NULL AND +r.ended_at IS NULL
                          AND (:session IS NULL OR s.public_id = :session OR EXISTS
                            (SELECT 1 FROM agent_runs t JOIN sessions u ON u.id = t.session_id
                             WHERE t.public_id = r.root_run AND u.public_id = :session))
                        ORDER BY q.id LIMIT :most""")
                .bind("owner", owner.id())
                .bind("session", session == null ? null : session.value())
                .bind("most", MOST)
                .map((row, context) -> InputRows.request(row))
                .list());
    }
}
