package dev.dwata.benchmarks.subject;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Carries out runs as it is told, one line at a time: `RUNS AT_ONCE` on stdin, what came of it on stdout. Ends
/// with its stdin.
public final class Main {
    private Main() {}

    /// @param arguments the subject's name, the model's base URL, and for `dwata-store` its database
    public static void main(String[] arguments) throws IOException {
        Subject subject = switch (arguments[0]) {
            case "hand" -> new HandLoop(arguments[1]);
            case "dwata" -> new Dwata(arguments[1], null);
            case "dwata-store" -> new Dwata(arguments[1], Path.of(arguments[2]));
            case "langchain4j" -> new LangChain(arguments[1]);
            default -> throw new IllegalArgumentException("there is no subject " + arguments[0]);
        };
        Load load = new Load(subject);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] numbers = line.split(" ", 2);
            System.out.println(load.run(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1])));
        }
        System.exit(0);
    }
}
