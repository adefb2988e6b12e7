package dev.dwata.benchmarks;

import java.nio.file.Path;
import java.util.List;

/// What was asked for on the command line.
///
/// @param name    `append` or `resume`
/// @param seconds for each contender in each round
/// @param events  of a session
record Options(String name, int rounds, int seconds, int events, Path directory) {
    private static final List<String> NAMES = List.of("append", "resume");

    /// @throws IllegalArgumentException that says what is wrong
    static Options of(List<String> arguments) {
        if (arguments.isEmpty() || !NAMES.contains(arguments.getFirst())) {
            throw new IllegalArgumentException("name one of " + String.join(", ", NAMES));
        }
        Options options = new Options(arguments.getFirst(), 5, 2, 300_000, Path.of(""));
        for (int i = 1; i < arguments.size(); i += 2) {
            if (i + 1 == arguments.size()) {
                throw new IllegalArgumentException(arguments.get(i) + " needs a value");
            }
            options = options.with(arguments.get(i), arguments.get(i + 1));
        }
        return options;
    }

    private Options with(String option, String value) {
        return switch (option) {
            case "--rounds" -> new Options(name, number(option, value), seconds, events, directory);
            case "--seconds" -> new Options(name, rounds, number(option, value), events, directory);
            case "--events" -> new Options(name, rounds, seconds, number(option, value), directory);
            case "--directory" -> new Options(name, rounds, seconds, events, Path.of(value));
            default -> throw new IllegalArgumentException("there is no option " + option);
        };
    }

    private static int number(String option, String value) {
        if (!value.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException(option + " must be a number from 1 on, not " + value);
        }
        return Integer.parseInt(value);
    }
}
