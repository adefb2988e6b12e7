package dev.dwata.gateway.streams;

import dev.dwata.agent.store.StreamAppend.Producer;
import dev.dwata.gateway.http.Asked;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/// Reads who appends, and what it counts.
final class ProducerHeaders {
    private static final long LARGEST = (1L << 53) - 1;
    private static final int LONGEST_ID = 256;

    private ProducerHeaders() {}

    /// @return absent: a writer without a name
    static @Nullable Producer read(Context context) {
        String id = Asked.header(context, Headers.PRODUCER_ID);
        String epoch = Asked.header(context, Headers.PRODUCER_EPOCH);
        String seq = Asked.header(context, Headers.PRODUCER_SEQ);
        if (id == null && epoch == null && seq == null) {
            return null;
        }
        if (id == null || epoch == null || seq == null) {
            throw Asked.invalid("Producer-Id, Producer-Epoch and Producer-Seq go together");
        }
        if (id.isEmpty() || id.length() > LONGEST_ID) {
            throw Asked.invalid("Producer-Id has 1 to " + LONGEST_ID + " characters");
        }
        return new Producer(id, number(Headers.PRODUCER_EPOCH, epoch), number(Headers.PRODUCER_SEQ, seq));
    }

    private static long number(String name, String sent) {
        if (!sent.matches("[0-9]{1,16}") || Long.parseLong(sent) > LARGEST) {
            throw Asked.invalid(name + " must be a whole number up to " + LARGEST);
        }
        return Long.parseLong(sent);
    }
}
