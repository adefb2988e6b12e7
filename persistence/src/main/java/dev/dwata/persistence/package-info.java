/// The ports to storage over SQLite: one file, one writing thread, many readers. [SqliteStore] is the store,
/// [DataFolder] where it lies; all else is private.
@NullMarked
package dev.dwata.persistence;

import org.jspecify.annotations.NullMarked;
