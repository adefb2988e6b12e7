package dev.dwata;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The sources under test, found from the directory the tests run in.
public final class Checkout {
    private static final Path ROOT = root();

    private Checkout() {}

    /// The Java files below `<module>/src/<set>/java` by module; modules without any are left out.
    ///
    /// @param set `main` or `test`
    static Map<String, List<Path>> sources(String set) {
        try (Stream<Path> children = Files.list(ROOT)) {
            return children.filter(child -> Files.isDirectory(sourceRoot(child, set)))
                    .collect(toMap(
                            module -> module.getFileName().toString(),
                            module -> javaFiles(sourceRoot(module, set)),
                            (one, other) -> one,
                            TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What a file holds.
    ///
    /// @param name from the root of the checkout
    public static String text(String name) {
        try {
            return Files.readString(ROOT.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// `file` as it is called from the root of the checkout.
    static String name(Path file) {
        return ROOT.relativize(file).toString().replace('\\', '/');
    }

    /// The name of the class that a file of [#sources(String)] declares.
    static String className(Path file) {
        String name = name(file);
        return name.substring(name.indexOf("/java/") + "/java/".length(), name.length() - ".java".length())
                .replace('/', '.');
    }

    private static Path sourceRoot(Path module, String set) {
        return module.resolve("src").resolve(set).resolve("java");
    }

    private static List<Path> javaFiles(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("mvnw"))) {
            directory = directory.getParent();
            if (directory == null) {
                throw new IllegalStateException("not in a checkout: no mvnw in any parent directory");
            }
        }
        return directory;
    }
}
