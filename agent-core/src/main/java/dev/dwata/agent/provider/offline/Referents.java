package dev.dwata.agent.provider.offline;

import java.util.ArrayList;
import java.util.List;

/// Which files "it", "the first" and "all of them" are, from the calls so far.
final class Referents {
    private static final int MAX_FILES = 10;

    private final List<Exchange> soFar;

    Referents(List<Exchange> soFar) {
        this.soFar = soFar.reversed();
    }

    /// @return paths; empty where nothing fits
    List<String> paths(List<Target> targets) {
        List<String> paths = new ArrayList<>();
        for (Target target : targets) {
            paths.addAll(paths(target));
        }
        return paths;
    }

    private List<String> paths(Target target) {
        return switch (target) {
            case Target.Named named -> List.of(named.path());
            case Target.It it -> it();
            case Target.All all -> latestList().stream().limit(MAX_FILES).toList();
            case Target.Nth nth -> nth(latestList(), nth.position());
        };
    }

    private static List<String> nth(List<String> paths, int position) {
        int index = position < 0 ? paths.size() + position : position - 1;
        return index >= 0 && index < paths.size() ? List.of(paths.get(index)) : List.of();
    }

    /// The file of the latest call that was about a single one.
    private List<String> it() {
        for (Exchange exchange : soFar) {
            String path = exchange.argument("path");
            switch (exchange.tool()) {
                case "filesystem.read", "filesystem.write" -> {
                    return List.of(path);
                }
                case "filesystem.find", "filesystem.list" -> {
                    return files(exchange).stream().limit(1).toList();
                }
                default -> {}
            }
        }
        return List.of();
    }

    private List<String> latestList() {
        return soFar.stream()
                .filter(exchange -> exchange.tool().equals("filesystem.find")
                        || exchange.tool().equals("filesystem.list"))
                .map(Referents::files)
                .findFirst()
                .orElse(List.of());
    }

    private static List<String> files(Exchange listing) {
        return listing.list("entries").stream()
                .filter(entry -> entry.path("type").stringValue("").equals("file"))
                .map(entry -> entry.path("path").stringValue(""))
                .toList();
    }
}
