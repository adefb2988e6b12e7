package dev.dwata.cli.approval;

import org.jspecify.annotations.Nullable;

/// A terminal with a person at it. What was typed before a question is no answer to it.
public interface Console {

    /// Shows text as it is, and ends the line.
    void show(String text);

    /// Waits for a line.
    ///
    /// @return absent where none will come
    /// @throws InterruptedException when nobody needs it any more, or Ctrl+C was pressed
    @Nullable
    String read(String prompt) throws InterruptedException;

    /// The same for what is not to be seen.
    @Nullable
    String readSecret(String prompt) throws InterruptedException;

    /// Has a text changed.
    ///
    /// @return absent where that was given up
    @Nullable
    String edit(String text) throws InterruptedException;

    /// Whether what is edited may have several lines.
    boolean editsLines();
}
