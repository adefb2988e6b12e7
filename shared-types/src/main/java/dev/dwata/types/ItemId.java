package dev.dwata.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// The public id of an item: a UUID in canonical form, without any prefix.
public record ItemId(@JsonValue String value) implements Comparable<ItemId> {
    @JsonCreator
    public ItemId {
        value = UuidV7.canonical("itemId", value);
    }

    public static ItemId create() {
        return new ItemId(UuidV7.create().toString());
    }

    @Override
    public int compareTo(ItemId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
