package dev.dwata.persistence;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// A row as it was read from a damaged database: any column may be missing, or hold anything.
final class SavedRow {
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    static SavedRow of(ResultSet rows) throws SQLException {
        SavedRow row = new SavedRow();
        ResultSetMetaData columns = rows.getMetaData();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            row.values.put(columns.getColumnName(i), rows.getObject(i));
        }
        return row;
    }

    SavedRow copy() {
        SavedRow copy = new SavedRow();
        copy.values.putAll(values);
        return copy;
    }

    SavedRow put(String column, @Nullable Object value) {
        values.put(column, value);
        return this;
    }

    SavedRow remove(String... columns) {
        for (String column : columns) {
            values.remove(column);
        }
        return this;
    }

    @Nullable
    Object value(String column) {
        return values.get(column);
    }

    long number(String column, long otherwise) {
        return values.get(column) instanceof Number number ? number.longValue() : otherwise;
    }

    String text(String column, String otherwise) {
        return values.get(column) instanceof String text ? text : otherwise;
    }

    /// Puts the row into a table of this version's schema, as far as the table has its columns.
    ///
    /// @return whether the table took it; it may have it already
    boolean insert(Handle handle, String table) {
        List<String> known = handle.createQuery("SELECT name FROM pragma_table_info(?)")
                .bind(0, table)
                .map((names, context) -> names.getString(1))
                .list();
        List<String> names = values.keySet().stream().filter(known::contains).toList();
        List<@Nullable Object> bound = new ArrayList<>();
        names.forEach(name -> bound.add(values.get(name)));
        String marks = String.join(", ", names.stream().map(name -> "?").toList());
        try {
            handle.execute(
                    "INSERT OR IGNORE INTO " + table + " (" + String.join(", ", names) + ") VALUES (" + marks + ")",
                    bound.toArray());
            return true;
        } catch (JdbiException e) {
            return false;
        }
    }
}
