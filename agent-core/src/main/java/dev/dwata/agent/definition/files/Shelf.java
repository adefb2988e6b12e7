package dev.dwata.agent.definition.files;

import dev.dwata.agent.definition.AgentSource;
import dev.dwata.agent.tool.files.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A folder that files are taken from. It need not exist.
///
/// @param jail the trusted workspace that nothing may lead out of; absent for the person's own folder
record Shelf(Path folder, @Nullable Workspace jail) {
    private static final int MOST = 500;

    AgentSource.Kind kind() {
        return jail == null ? AgentSource.Kind.DATA_FOLDER : AgentSource.Kind.WORKSPACE;
    }

    AgentSource source(Path file) {
        return new AgentSource(kind(), file.toString());
    }

    /// The names of what is in it, in order; at most 500.
    List<String> names() throws BrokenFile {
        List<String> names = new ArrayList<>();
        if (!isThere(folder)) {
            return names;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(jailed(folder, true))) {
            for (Path entry : entries) {
                names.add(String.valueOf(entry.getFileName()));
                if (names.size() > MOST) {
                    throw new BrokenFile("there are more than " + MOST + " files in this folder");
                }
            }
        } catch (IOException e) {
            throw new BrokenFile("the folder cannot be read: " + reason(e));
        }
        Collections.sort(names);
        return names;
    }

    boolean has(String name) {
        return isThere(folder.resolve(name));
    }

    /// The text of a file, its line ends made `\n`.
    ///
    /// @return absent if there is none of this name
    @Nullable
    String text(String name, int mostBytes) throws BrokenFile {
        byte[] bytes = bytes(name, mostBytes);
        if (bytes == null) {
            return null;
        }
        if (bytes.length > mostBytes) {
            throw new BrokenFile("the file is larger than " + mostBytes / 1024 + " KiB");
        }
        try {
            return unix(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new BrokenFile("the file is not UTF-8");
        }
    }

    /// The beginning of a file: of one that is larger at most one byte more than asked for.
    ///
    /// @return absent if there is none of this name
    byte @Nullable [] bytes(String name, int mostBytes) throws BrokenFile {
        Path path = folder.resolve(name);
        if (!isThere(path)) {
            return null;
        }
        try {
            Path file = jailed(path, false);
            if (!Files.isRegularFile(file)) {
                throw new BrokenFile("this is not a regular file");
            }
            try (InputStream in = Files.newInputStream(file)) {
                return in.readNBytes(mostBytes + 1);
            }
        } catch (IOException e) {
            throw new BrokenFile("the file cannot be read: " + reason(e));
        }
    }

    /// The real folder of this name.
    ///
    /// @return absent if it is none
    @Nullable
    Path folder(String name) throws BrokenFile {
        Path path = folder.resolve(name);
        if (!Files.isDirectory(path)) {
            return null;
        }
        try {
            return jailed(path, true).toRealPath();
        } catch (IOException e) {
            throw new BrokenFile("the folder cannot be used: " + reason(e));
        }
    }

    static String unix(String text) {
        String whole = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return whole.replace("\r\n", "\n").replace('\r', '\n').replace('\0', '\uFFFD');
    }

    private Path jailed(Path path, boolean wantsFolder) throws IOException {
        if (jail == null) {
            return path;
        }
        return wantsFolder ? jail.existingFolder(path.toString()) : jail.existingFile(path.toString());
    }

    /// A link counts, wherever it leads.
    private static boolean isThere(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
