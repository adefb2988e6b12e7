package dev.dwata.gateway.streams;

import io.javalin.http.Context;
import java.time.Duration;

/// What there is or comes, within a time.
record LongPoll(Wakes wakes, StreamSettings settings, Cursors cursors) {

    void answer(Context context, String path, Offsets.Wanted wanted, StreamSource stream) throws InterruptedException {
        String cursor = cursors.next(context.queryParam("cursor"));
        Slice found;
        try (Wakes.Waiting waiting = wakes.begin(stream.key())) {
            long after = wanted.now() ? stream.end().tail() : wanted.after(0);
            found = await(waiting, stream, after);
        }
        if (found.isEmpty()) {
            CatchUp.position(context, found);
            context.header(Headers.CURSOR, cursor)
                    .header("Cache-Control", "no-store")
                    .status(204);
        } else {
            CatchUp.full(context, path, wanted, found, cursor);
        }
    }

    /// @return empty when the time is over, or nothing will come
    private Slice await(Wakes.Waiting waiting, StreamSource stream, long after) throws InterruptedException {
        long deadline = System.nanoTime() + settings.longPoll().toNanos();
        while (true) {
            Slice found = stream.read(after);
            long left = deadline - System.nanoTime();
            if (!found.isEmpty() || found.isLast() || left <= 0 || wakes.closing()) {
                return found;
            }
            waiting.await(Duration.ofNanos(left));
        }
    }
}
