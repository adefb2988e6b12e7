package dev.dwata.persistence;

import java.util.ArrayList;
import java.util.List;

/// What could not be saved, in words; as many lines as somebody reads.
final class Losses {
    private static final int MOST = 100;

    private final List<String> lines = new ArrayList<>();
    private long more;

    void add(String line) {
        if (lines.size() < MOST) {
            lines.add(line);
        } else {
            more++;
        }
    }

    List<String> lines() {
        List<String> all = new ArrayList<>(lines);
        if (more > 0) {
            all.add("and " + more + " losses more");
        }
        return all;
    }
}
