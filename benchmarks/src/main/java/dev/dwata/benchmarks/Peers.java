package dev.dwata.benchmarks;

import dev.dwata.benchmarks.subject.Main;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What does the same as dwata, and is measured beside it.
final class Peers {
    static final String HAND = "hand";
    static final String DWATA = "dwata";
    static final String DWATA_STORE = "dwata-store";
    static final String LANGCHAIN = "langchain4j";
    static final String PI = "pi";

    private static final long INSTALL_MINUTES = 5;

    private Peers() {}

    /// @param list of names with commas; `none` for none
    /// @throws IllegalArgumentException naming those there are
    static List<String> named(String list) {
        if (list.equals("none") || list.isEmpty()) {
            return List.of();
        }
        List<String> names = List.of(list.split(",", -1));
        if (!List.of(LANGCHAIN, PI).containsAll(names)) {
            throw new IllegalArgumentException(
                    "--peers takes langchain4j, pi, both with a comma, or none; not " + list);
        }
        return names;
    }

    /// Those of `peers` that can be measured here; says of the others why not.
    static List<String> present(List<String> peers, PrintStream out) throws IOException, InterruptedException {
        if (peers.contains(PI) && !isPiInstalled()) {
            out.println("pi is not measured: it needs Node 20 or newer, npm and, once, its registry");
            return peers.stream().filter(peer -> !peer.equals(PI)).toList();
        }
        return peers;
    }

    /// Starts one.
    ///
    /// @param folder for what it stores
    static Child start(String name, Model model, Path folder) throws IOException {
        if (name.equals(PI)) {
            return new Child(name, List.of("node", pi().resolve("subject.mjs").toString(), model.url()));
        }
        String database = folder.resolve(name + ".sqlite3").toString();
        return Child.java(name, Main.class, name, model.url(), database);
    }

    private static Path pi() {
        return home().resolve("peers").resolve(PI);
    }

    /// The folder of this module, as `./dwata-bench` says.
    static Path home() {
        return Path.of(System.getProperty("dwata.benchmarks", "benchmarks"));
    }

    private static boolean isPiInstalled() throws IOException, InterruptedException {
        if (Files.isDirectory(pi().resolve("node_modules"))) {
            return true;
        }
        try {
            Process npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                    .directory(pi().toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            if (npm.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES)) {
                return npm.exitValue() == 0;
            }
            npm.destroyForcibly();
            return false;
        } catch (IOException e) {
            return false; // there is no npm
        }
    }
}
