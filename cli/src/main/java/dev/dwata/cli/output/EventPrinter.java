package dev.dwata.cli.output;

import dev.dwata.types.Envelope;

/// Shows a session's events, in their order.
public interface EventPrinter {
    void print(Envelope envelope);
}
