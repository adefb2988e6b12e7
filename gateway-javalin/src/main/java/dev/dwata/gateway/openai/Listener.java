package dev.dwata.gateway.openai;

import java.io.IOException;

/// Hears an answer as it comes.
interface Listener {
    /// More of the text.
    void text(String more) throws IOException;

    /// Nothing has come for a while.
    void quiet() throws IOException;
}
