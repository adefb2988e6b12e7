package dev.dwata.cli.approval;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A person who types what a test wants. Everything that is shown is kept, also what is asked and what is
/// given to be edited.
public final class ScriptedConsole implements Console {
    /// Nothing is typed any more.
    static final String END = "\u0000";

    final List<String> shown = new ArrayList<>();
    private final Deque<String> typed;

    public ScriptedConsole(String... typed) {
        this.typed = new ArrayDeque<>(List.of(typed));
    }

    @Override
    public synchronized void show(String text) {
        shown.add(text);
    }

    @Override
    public synchronized @Nullable String read(String prompt) {
        shown.add(prompt);
        return next();
    }

    @Override
    public synchronized @Nullable String readSecret(String prompt) {
        shown.add("secret " + prompt);
        return next();
    }

    @Override
    public synchronized @Nullable String edit(String text) {
        shown.add("edit " + text);
        return next();
    }

    @Override
    public boolean editsLines() {
        return false;
    }

    private @Nullable String next() {
        String next = typed.removeFirst();
        return next.equals(END) ? null : next;
    }

    boolean isDone() {
        return typed.isEmpty();
    }

    public String text() {
        return String.join("\n", shown);
    }
}
