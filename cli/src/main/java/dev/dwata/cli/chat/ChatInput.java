package dev.dwata.cli.chat;

import java.io.IOException;

/// Where a conversation's messages are typed.
public interface ChatInput extends AutoCloseable {

    /// Waits for the next message.
    Typed next() throws IOException;

    @Override
    void close() throws IOException;

    /// What came.
    sealed interface Typed {
        /// @param text lines that ended in a backslash are joined with the next, by a line feed
        record Message(String text) implements Typed {}

        /// Ctrl+C.
        ///
        /// @param discarded whether it threw away something half-typed
        record Interrupt(boolean discarded) implements Typed {}

        /// Ctrl+D, or the end of the input.
        record End() implements Typed {}
    }
}
