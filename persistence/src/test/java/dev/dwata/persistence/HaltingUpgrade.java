package dev.dwata.persistence;

import java.nio.file.Path;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;

/// A program that upgrades a database and falls dead before its n-th statement.
final class HaltingUpgrade {
    static final int HALTED = 9;

    private HaltingUpgrade() {}

    /// @param arguments the database, and n
    public static void main(String[] arguments) {
        Path database = Path.of(arguments[0]);
        int last = Integer.parseInt(arguments[1]);
        try (Handle handle = new Connections(database).openWriter()) {
            handle.getConfig(SqlStatements.class).setSqlLogger(new SqlLogger() {
                private int statements;

                @Override
                public void logBeforeExecution(StatementContext context) {
                    if (++statements == last) {
                        Runtime.getRuntime().halt(HALTED);
                    }
                }
            });
            Migrations migrations = new Migrations(handle, database, InstantSource.system());
            migrations.check();
            Connections.writeAhead(handle);
            migrations.run();
        }
    }
}
