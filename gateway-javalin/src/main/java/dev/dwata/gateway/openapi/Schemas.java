package dev.dwata.gateway.openapi;

import dev.dwata.types.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The JSON Schemas that are shipped with the records of the protocol.
public final class Schemas {
    private static final String FOLDER = "schemas/";
    private static final String SUFFIX = ".json";

    private final NavigableSet<String> names;

    public Schemas() {
        try {
            names = list(Objects.requireNonNull(resource("frame.json"), "the schemas are not shipped"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// For example `frame.json`.
    public NavigableSet<String> names() {
        return names;
    }

    public Optional<byte[]> read(String name) {
        if (!names.contains(name)) {
            return Optional.empty();
        }
        try (InputStream bytes =
                Objects.requireNonNull(Json.class.getClassLoader().getResourceAsStream(FOLDER + name))) {
            return Optional.of(bytes.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable URL resource(String name) {
        return Json.class.getClassLoader().getResource(FOLDER + name);
    }

    /// What is beside one of them, in a jar or in a folder of classes.
    private static NavigableSet<String> list(URL one) throws IOException {
        NavigableSet<String> found = new TreeSet<>();
        if (one.openConnection() instanceof JarURLConnection jar) {
            jar.setUseCaches(false);
            try (JarFile file = jar.getJarFile()) {
                file.stream()
                        .map(JarEntry::getName)
                        .filter(name -> name.startsWith(FOLDER) && name.endsWith(SUFFIX))
                        .forEach(name -> found.add(name.substring(FOLDER.length())));
            }
            return found;
        }
        Path folder = Path.of(URI.create(one.toString())).getParent();
        try (Stream<Path> files = Files.list(Objects.requireNonNull(folder))) {
            files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(SUFFIX))
                    .forEach(found::add);
        }
        return found;
    }
}
