package dev.dwata.persistence;

import dev.dwata.agent.store.Store;
import java.nio.file.Path;

/// A program that adopts what it can and prints how many runs it got.
final class Adopter {
    private Adopter() {}

    public static void main(String[] arguments) {
        try (Store store = SqliteStore.open(Path.of(arguments[0]))) {
            System.out.println(store.runs().adopt(null).size());
        }
    }
}
