package dev.dwata.gateway.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// A request whose body must come at a pace that keeps nobody waiting for long. One that comes too slowly is
/// cut when its next byte comes; one that does not come at all, by the silence of its connection.
final class TimelyBody extends Request.Wrapper {
    private static final long NANOS_PER_BYTE = TimeUnit.SECONDS.toNanos(1) / (8 << 10);

    private final long begun = System.nanoTime();
    private final Duration within;
    private long received;

    /// @param within how long it may take, besides what its length takes
    TimelyBody(Request request, Duration within) {
        super(request);
        this.within = within;
    }

    @Override
    public Content.@Nullable Chunk read() {
        Content.Chunk chunk = super.read();
        if (chunk == null || chunk.isLast()) {
            return chunk;
        }
        received += chunk.remaining();
        if (System.nanoTime() - begun < within.toNanos() + received * NANOS_PER_BYTE) {
            return chunk;
        }
        chunk.release();
        return Content.Chunk.from(new TimeoutException("the body came too slowly"));
    }

    /// Whether this is why a body could not be read.
    static boolean isWhy(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }
}
