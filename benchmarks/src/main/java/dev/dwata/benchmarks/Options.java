package dev.dwata.benchmarks;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was asked for on the command line.
final class Options {
    private static final String FLAG = "store";

    private final Benchmark benchmark;
    private final Map<String, String> values;

    private Options(Benchmark benchmark, Map<String, String> values) {
        this.benchmark = benchmark;
        this.values = values;
    }

    /// @throws IllegalArgumentException that says what is wrong
    static Options of(List<String> arguments) {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("name a benchmark");
        }
        Benchmark benchmark = Benchmark.named(arguments.getFirst());
        Map<String, String> values = new HashMap<>(benchmark.options());
        for (int i = 1; i < arguments.size(); i++) {
            String option = arguments.get(i);
            String name = option.startsWith("--") ? option.substring(2) : "";
            if (!values.containsKey(name)) {
                throw new IllegalArgumentException(benchmark.label() + " has no option " + option);
            }
            if (name.equals(FLAG)) {
                values.put(name, "yes");
            } else if (++i < arguments.size()) {
                values.put(name, checked(name, arguments.get(i)));
            } else {
                throw new IllegalArgumentException(option + " needs a value");
            }
        }
        return new Options(benchmark, Map.copyOf(values));
    }

    private static String checked(String name, String value) {
        boolean text = name.equals("directory") || name.equals("archive") || name.equals("peers");
        if (!text && !value.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException("--" + name + " must be a number from 1 on, not " + value);
        }
        return name.equals("peers") ? String.join(",", Peers.named(value)) : value;
    }

    Benchmark benchmark() {
        return benchmark;
    }

    int rounds() {
        return number("rounds");
    }

    int seconds() {
        return number("seconds");
    }

    int events() {
        return number("events");
    }

    int runs() {
        return number("runs");
    }

    int sessions() {
        return number("sessions");
    }

    int messages() {
        return number("messages");
    }

    int clients() {
        return number("k");
    }

    int rate() {
        return number("rate");
    }

    int warmUp() {
        return number("warm-up");
    }

    List<String> peers() {
        return Peers.named(value("peers"));
    }

    boolean store() {
        return !value(FLAG).isEmpty();
    }

    /// A folder where what is read is kept; absent where it is made for this time only.
    @Nullable
    Path archive() {
        String folder = value("archive");
        return folder.isEmpty() ? null : Path.of(folder);
    }

    Path directory() {
        return Path.of(value("directory"));
    }

    private int number(String name) {
        return Integer.parseInt(value(name));
    }

    private String value(String name) {
        @Nullable String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException(benchmark.label() + " has no option --" + name);
        }
        return value;
    }
}
