package dev.dwata.agent.provider.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import okio.BufferedSource;

/// The bytes of an answer: interruptible, and each awaited no longer than allowed.
final class BodyInput extends InputStream {
    private final BufferedSource source;
    private final Interruption interruption;
    private final StreamTimeouts timeouts;
    private boolean started;

    BodyInput(BufferedSource source, Interruption interruption, StreamTimeouts timeouts) {
        this.source = source;
        this.interruption = interruption;
        this.timeouts = timeouts;
        await(timeouts.firstByte().toMillis());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = interruption.during(() -> source.read(bytes, offset, length));
        if (!started) {
            started = true;
            await(timeouts.idle().toMillis());
        }
        return read;
    }

    /// Limits all reading that is left together, in milliseconds.
    void hurry(long milliseconds) {
        started = true;
        await(milliseconds);
        source.timeout().deadline(milliseconds, TimeUnit.MILLISECONDS);
    }

    /// Reads what is left, so that the connection can be used again.
    ///
    /// @return whether the end was reached within `limit` bytes
    boolean drain(int limit) {
        byte[] scrap = new byte[1024];
        try {
            int read = 0;
            while (read >= 0 && limit > 0) {
                limit -= read;
                read = read(scrap, 0, scrap.length);
            }
            return read < 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void await(long milliseconds) {
        source.timeout().timeout(milliseconds, TimeUnit.MILLISECONDS);
    }
}
