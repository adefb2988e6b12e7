package dev.dwata.agent.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What is to be started.
///
/// @param argv        the program first: a path, relative to the folder, or a name that is looked for in
///                    `PATH`; no shell has a say in it
/// @param folder      where it works
/// @param environment what it is given besides the few variables that all children get; from a person, never
///                    from a model
/// @param input       what it reads
/// @param errors      where its messages go
/// @param limits      what it may use
public record Program(
        List<String> argv,
        Path folder,
        Map<String, String> environment,
        Input input,
        Errors errors,
        ResourceLimits limits) {

    /// The standard input of a program.
    public enum Input {
        /// Its end, at once.
        NONE,
        /// What is written to [ChildProcess#input].
        PIPE
    }

    /// The standard error of a program.
    public enum Errors {
        /// Apart from its output.
        APART,
        /// Into its output, in the order it was written.
        MERGED
    }

    public Program {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        if (argv.isEmpty() || argv.getFirst().isBlank()) {
            throw new IllegalArgumentException("a program needs a name");
        }
        if (argv.stream().anyMatch(argument -> argument.indexOf('\0') >= 0)) {
            throw new IllegalArgumentException("an argument must not contain the character NUL");
        }
        environment.forEach(Program::check);
    }

    /// One that reads nothing, is given nothing, and has no limits.
    public Program(List<String> argv, Path folder) {
        this(argv, folder, Map.of(), Input.NONE, Errors.APART, ResourceLimits.NONE);
    }

    public Program withEnvironment(Map<String, String> more) {
        return new Program(argv, folder, more, input, errors, limits);
    }

    public Program with(Input other) {
        return new Program(argv, folder, environment, other, errors, limits);
    }

    public Program with(Errors other) {
        return new Program(argv, folder, environment, input, other, limits);
    }

    public Program with(ResourceLimits other) {
        return new Program(argv, folder, environment, input, errors, other);
    }

    private static void check(String name, String value) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*") || value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("'" + name + "' must be a name of letters, digits and '_', and its"
                    + " value without the character NUL");
        }
        if (name.equals(Marker.NAME)) {
            throw new IllegalArgumentException("'" + name + "' is how dwata knows its children; it cannot be set");
        }
    }
}
