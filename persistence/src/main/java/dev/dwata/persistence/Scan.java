package dev.dwata.persistence;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reads what can be read of a damaged table, in the order of an integer key. Where a page does not let itself
/// be read it goes on at the next key that does: first one by one, since a page holds few, then in growing
/// steps that are halved again.
final class Scan {
    private static final int ONE_BY_ONE = 2000;
    private static final long FARTHEST = 1L << 40;

    private final Handle handle;
    private int gaps;

    Scan(Handle damaged) {
        this.handle = damaged;
    }

    /// How many times something could not be read.
    int gaps() {
        return gaps;
    }

    /// @param from a table, perhaps with a condition that leaves the key's order alone
    /// @param key  the column; its values are positive
    void read(String from, String key, Consumer<SavedRow> sink) {
        long next = 1;
        while (true) {
            String all = "SELECT * FROM " + from + bound(from) + key + " >= ? ORDER BY " + key;
            try (PreparedStatement statement = handle.getConnection().prepareStatement(all)) {
                statement.setLong(1, next);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        SavedRow row = SavedRow.of(rows);
                        next = rows.getLong(key) + 1;
                        sink.accept(row);
                    }
                    return;
                }
            } catch (SQLException e) {
                stopUnlessDamaged(e);
            }
            gaps++;
            Long resumed = resume(from, key, next);
            if (resumed == null) {
                return;
            }
            next = resumed;
        }
    }

    /// Reads from the front and from the back until it meets what is damaged; a row may come twice.
    void readEnds(String table, Consumer<SavedRow> sink, String... keys) {
        for (String order : List.of("", " DESC")) {
            String all = "SELECT * FROM " + table + " ORDER BY " + String.join(order + ", ", keys) + order;
            try (PreparedStatement statement = handle.getConnection().prepareStatement(all);
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    sink.accept(SavedRow.of(rows));
                }
                return;
            } catch (SQLException e) {
                stopUnlessDamaged(e);
                gaps++;
            }
        }
    }

    /// Whether there is such a table: earlier schemas had fewer.
    boolean has(String table) {
        return handle.createQuery("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?")
                        .bind(0, table)
                        .map((row, context) -> row.getInt(1))
                        .one()
                > 0;
    }

    /// The values that a key has.
    List<Long> keys(String from, String key) {
        List<Long> keys = new ArrayList<>();
        Long next = seek(from, key, 1);
        if (next == null && isUnreadable) {
            gaps++;
            next = resume(from, key, 1);
        }
        while (next != null) {
            keys.add(next);
            long after = next + 1;
            next = seek(from, key, after);
            if (next == null && isUnreadable) {
                gaps++;
                next = resume(from, key, after);
            }
        }
        return keys;
    }

    private boolean isUnreadable;

    /// The first key from `at` on; absent where there is none, or where it cannot be read.
    private @Nullable Long seek(String from, String key, long at) {
        isUnreadable = false;
        String first = "SELECT " + key + " FROM " + from + bound(from) + key + " >= ? ORDER BY " + key + " LIMIT 1";
        try (PreparedStatement statement = handle.getConnection().prepareStatement(first)) {
            statement.setLong(1, at);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Long.valueOf(rows.getLong(1)) : null;
            }
        } catch (SQLException e) {
            stopUnlessDamaged(e);
            isUnreadable = true;
            return null;
        }
    }

    /// The next key after `from` that can be read.
    private @Nullable Long resume(String from, String key, long unreadable) {
        long step = 0;
        long failed = 0;
        while (step < FARTHEST) {
            step = step < ONE_BY_ONE ? step + 1 : step * 2;
            Long found = seek(from, key, unreadable + step);
            if (!isUnreadable) {
                return found == null ? null : nearest(from, key, unreadable, failed, step, found);
            }
            failed = step;
        }
        return null;
    }

    private long nearest(String from, String key, long start, long failed, long worked, long found) {
        long low = failed;
        long high = worked;
        long nearest = found;
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            Long key0 = seek(from, key, start + middle);
            if (isUnreadable || key0 == null) {
                low = middle;
            } else {
                high = middle;
                nearest = key0;
            }
        }
        return nearest;
    }

    private static String bound(String from) {
        return from.contains(" WHERE ") ? " AND " : " WHERE ";
    }

    private static void stopUnlessDamaged(SQLException e) {
        if (!StorageErrors.isDamage(e)) {
            throw new StorageErrors.Failed(e);
        }
    }
}
