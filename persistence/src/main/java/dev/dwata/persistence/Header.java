package dev.dwata.persistence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The first 100 bytes of a database file (sqlite.org/fileformat2.html, section 1.3, read 2026-11-21). Without
/// them nothing can be read of the rest, and of ours it is known what they must be.
final class Header {
    static final int PAGE = 4096;
    private static final int UTF_8 = 1;
    private static final int SCHEMA_FORMAT = 4;
    private static final int APPLICATION_AT = 68;
    private static final int SIZE = 96;

    private Header() {}

    /// Writes a sound one. Never on the original.
    static void mend(Path copy, int application, int schema) throws IOException {
        try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            ByteBuffer header = ByteBuffer.allocate(SIZE);
            header.put("SQLite format 3\0".getBytes(StandardCharsets.US_ASCII));
            header.putShort((short) PAGE);
            header.put(new byte[] {2, 2, 0, 64, 32, 32}); // write-ahead log; nothing reserved; fixed fractions
            header.putInt(1); // change counter
            header.putInt((int) (channel.size() / PAGE));
            header.putInt(0); // free pages: not known, and not needed for reading
            header.putInt(0);
            header.putInt(1); // schema cookie
            header.putInt(SCHEMA_FORMAT);
            header.putInt(0);
            header.putInt(0);
            header.putInt(UTF_8);
            header.putInt(schema);
            header.putInt(0);
            header.putInt(application);
            header.position(APPLICATION_AT + Integer.BYTES + 20);
            header.putInt(1); // the size is valid for this change counter
            header.flip();
            channel.write(header, 0);
        }
    }
}
