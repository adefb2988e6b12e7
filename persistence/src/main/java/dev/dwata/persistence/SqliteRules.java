package dev.dwata.persistence;

import dev.dwata.agent.store.PolicyRules;
import dev.dwata.agent.store.Refusal;
import dev.dwata.persistence.Job.Safety;
import dev.dwata.types.Json;
import dev.dwata.types.PolicyRule;
import dev.dwata.types.Principal;
import java.util.List;

final class SqliteRules implements PolicyRules {
    private final Writer writer;
    private final Readers readers;

    SqliteRules(Writer writer, Readers readers) {
        this.writer = writer;
        this.readers = readers;
    }

    @Override
    public List<PolicyRule> list(Principal owner) {
        return readers.read(handle -> handle.createQuery(
                        "SELECT rule FROM policy_rules WHERE owner = ? AND revoked_at IS NULL ORDER BY id")
                .bind(0, owner.id())
                .map((row, context) -> Json.MAPPER.readValue(row.getString(1), PolicyRule.class))
                .list());
    }

    @Override
    public void revoke(Principal owner, String id) {
        int changed = writer.call(
                Safety.SYNCED,
                transaction -> transaction.handle.execute(
                        "UPDATE policy_rules SET revoked_at = ? WHERE public_id = ? AND owner = ? AND revoked_at IS NULL",
                        transaction.now().toEpochMilli(),
                        id,
                        owner.id()));
        if (changed == 0) {
            throw Refusal.noRule(id);
        }
    }
}
