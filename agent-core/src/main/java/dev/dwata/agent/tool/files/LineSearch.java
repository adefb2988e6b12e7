package dev.dwata.agent.tool.files;

import dev.dwata.agent.tool.ToolContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// One search through the lines of files, within its bounds.
final class LineSearch {
    private static final int MAX_LINES = 200;
    private static final long MAX_BYTES = 256L * 1024 * 1024;
    /// What lies further on in a line is not searched.
    private static final int MAX_LINE = 64 * 1024;
    private static final int SHOWN = 400;
    private static final int SHOWN_BEFORE = 100;

    private final Needle needle;
    private final Patience patience;
    private final ToolContext context;
    private final List<Line> found = new ArrayList<>();
    private int files;
    private long bytes;

    /// @param line counting from 1
    /// @param text the line; of a long one what is around the first place in it
    record Line(String path, long line, String text) {}

    LineSearch(Needle needle, Patience patience, ToolContext context) {
        this.needle = needle;
        this.patience = patience;
        this.context = context;
    }

    Patience patience() {
        return patience;
    }

    List<Line> found() {
        return found;
    }

    /// How many files were searched.
    int files() {
        return files;
    }

    /// @return whether to go on
    boolean in(Place place) throws IOException, InterruptedException {
        try (FileChannel channel = place.read()) {
            return in(place.show(), channel);
        }
    }

    /// @return whether to go on; a file that cannot be read is none that is searched
    boolean in(FolderWalk.Sight sight) throws IOException, InterruptedException {
        try (FileChannel channel = Place.read(sight.folder(), sight.name(), sight.attributes())) {
            return in(Place.show(sight.path()), channel);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            return true;
        }
    }

    private boolean in(String path, FileChannel channel) throws IOException, InterruptedException {
        long size = channel.size();
        if (size > Text.MAX_BYTES) {
            return true;
        }
        bytes += size;
        if (bytes > MAX_BYTES) {
            throw new Needle.Stopped("more than " + MAX_BYTES / 1024 / 1024 + " MiB were searched");
        }
        ByteBuffer content = ByteBuffer.allocate((int) size);
        while (content.hasRemaining() && channel.read(content) >= 0) {
            context.checkCancelled();
        }
        content.flip();
        if (isBinary(content)) {
            return true;
        }
        files++;
        return inLines(path, content);
    }

    private boolean inLines(String path, ByteBuffer content) throws InterruptedException {
        long number = 0;
        int start = 0;
        for (int i = 0; i <= content.limit(); i++) {
            boolean end = i == content.limit();
            if (end ? i > start : content.get(i) == '\n') {
                if (++number % 1024 == 0 && patience.isOver(context)) {
                    throw new Needle.Stopped("the time for one search is over");
                }
                if (!inLine(path, number, line(content, start, i))) {
                    return false;
                }
                start = i + 1;
            }
        }
        return true;
    }

    private boolean inLine(String path, long number, String line) {
        int at = needle.in(line, patience);
        if (at < 0) {
            return true;
        }
        if (found.size() == MAX_LINES) {
            return false;
        }
        return found.add(new Line(path, number, excerpt(line, at)));
    }

    private static String line(ByteBuffer content, int start, int end) {
        int last = end > start && content.get(end - 1) == '\r' ? end - 1 : end;
        byte[] line = new byte[Math.min(last - start, MAX_LINE)];
        content.get(start, line);
        return new String(line, StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    }

    private static String excerpt(String line, int at) {
        int start = Math.max(0, at - SHOWN_BEFORE);
        if (start > 0 && Character.isLowSurrogate(line.charAt(start))) {
            start++;
        }
        String rest = line.substring(start);
        String cut = Text.cut(rest, SHOWN);
        return (start > 0 ? "…" : "") + cut + (cut.length() < rest.length() ? "…" : "");
    }

    private static boolean isBinary(ByteBuffer content) {
        for (int i = 0; i < Math.min(content.limit(), TextPage.BINARY_PROBE); i++) {
            if (content.get(i) == 0) {
                return true;
            }
        }
        return false;
    }
}
