package dev.dwata.cli;

import static java.util.Map.entry;

import dev.dwata.agent.policy.ApprovalMode;
import dev.dwata.cli.ask.Cancellation;
import dev.dwata.cli.home.Auth;
import dev.dwata.cli.log.LogFormat;
import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.cli.output.StandardStreams;
import dev.dwata.cli.output.Version;
import dev.dwata.types.AgentException;
import dev.dwata.types.RuleScope;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/// Finds the command that a command line means, and runs it. Only the first word can name a sub-command, so
/// that the words of a message never do; and only the command that is meant is made.
final class CommandLines {
    private final Invocation invocation;
    private final Cancellation cancellation;
    private final Map<String, Supplier<Callable<Integer>>> commands;

    CommandLines(Invocation invocation, Cancellation cancellation) {
        this.invocation = invocation;
        this.cancellation = cancellation;
        this.commands = Map.ofEntries(
                entry("chat", () -> new ChatCommand(invocation, cancellation)),
                entry("gateway", () -> new GatewayCommand(invocation)),
                entry("sessions", () -> new SessionsCommand(invocation)),
                entry("history", () -> new HistoryCommand(invocation)),
                entry("models", () -> new ModelsCommand(invocation)),
                entry("agents", () -> new AgentsCommand(invocation)),
                entry("mcp", () -> new McpCommand(invocation)),
                entry("memory", () -> new MemoryCommand(invocation)),
                entry("policy", () -> new PolicyCommand(invocation)),
                entry("token", () -> new TokenCommand(invocation)),
                entry("web", () -> new WebCommand(invocation)),
                entry("explain", () -> new ExplainCommand(invocation)),
                entry("config", () -> new ConfigCommand(invocation)),
                entry("usage", () -> new UsageCommand(invocation)),
                entry("inputs", () -> new InputsCommand(invocation)),
                entry("tools", () -> new ToolsCommand(invocation)),
                entry("cancel", () -> new CancelCommand(invocation)),
                entry("resume", () -> new ResumeCommand(invocation, cancellation)),
                entry("backup", () -> new BackupCommand(invocation)),
                entry("restore", () -> new RestoreCommand(invocation)),
                entry("verify", () -> new VerifyCommand(invocation)),
                entry("doctor", () -> new DoctorCommand(invocation)));
    }

    /// @return the exit code
    int run(String... arguments) {
        if (arguments.length > 0 && commands.containsKey(arguments[0])) {
            return run(0, arguments);
        }
        CommandLine ask = line(new AskCommand(invocation, cancellation), "");
        int word = firstWord(ask, arguments);
        return word < 0 || !commands.containsKey(arguments[word]) ? ask.execute(arguments) : run(word, arguments);
    }

    private int run(int word, String... arguments) {
        List<String> rest = new ArrayList<>(List.of(arguments));
        String name = rest.remove(word);
        Supplier<Callable<Integer>> command = Objects.requireNonNull(commands.get(name));
        return line(command.get(), name).execute(rest.toArray(String[]::new));
    }

    /// @return the index of the first argument that is neither an option nor the value of one; -1 if there is
    ///         none, or a `--` comes before
    private static int firstWord(CommandLine ask, String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (argument.equals("--")) {
                return -1;
            }
            if (!argument.startsWith("-") || argument.equals("-")) {
                return i;
            }
            OptionSpec option = ask.getCommandSpec().findOption(argument);
            if (option != null && option.arity().min() > 0) {
                i++;
            } else if (option != null && option.arity().max() > 0 && isNumber(arguments, i + 1)) {
                i++;
            }
        }
        return -1;
    }

    private static boolean isNumber(String[] arguments, int index) {
        return index < arguments.length && arguments[index].matches("\\d+");
    }

    private CommandLine line(Callable<Integer> command, String name) {
        StandardStreams streams = invocation.streams();
        Help.Ansi ansi = streams.outTerminal() && streams.color() ? Help.Ansi.ON : Help.Ansi.OFF;
        CommandLine line = new CommandLine(command)
                .setExpandAtFiles(false)
                .registerConverter(ApprovalMode.class, new Words<>(List.of(ApprovalMode.values())))
                .registerConverter(SessionsCommand.Action.class, new Words<>(List.of(SessionsCommand.Action.values())))
                .registerConverter(AgentsCommand.Action.class, new Words<>(List.of(AgentsCommand.Action.values())))
                .registerConverter(MemoryCommand.Action.class, new Words<>(List.of(MemoryCommand.Action.values())))
                .registerConverter(McpCommand.Action.class, new Words<>(List.of(McpCommand.Action.values())))
                .registerConverter(InputsCommand.Action.class, new Words<>(List.of(InputsCommand.Action.values())))
                .registerConverter(RuleScope.class, new Words<>(List.of(RuleScope.values())))
                .registerConverter(PolicyCommand.Action.class, new Words<>(List.of(PolicyCommand.Action.values())))
                .registerConverter(Auth.class, new Words<>(List.of(Auth.values())))
                .registerConverter(LogFormat.class, new Words<>(List.of(LogFormat.values())))
                .registerConverter(TokenCommand.Action.class, new Words<>(List.of(TokenCommand.Action.values())))
                .registerConverter(ConfigCommand.Action.class, new Words<>(List.of(ConfigCommand.Action.values())))
                .setOut(new PrintWriter(streams.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(streams.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(Help.defaultColorScheme(ansi))
                .setParameterExceptionHandler((problem, given) -> misused(problem, name))
                .setExecutionExceptionHandler((problem, at, given) -> failed(problem));
        line.getCommandSpec().version("dwata " + Version.text());
        return line;
    }

    private int misused(ParameterException problem, String name) {
        StandardStreams streams = invocation.streams();
        streams.notice(sentence(String.valueOf(problem.getMessage())));
        String command = name.isEmpty() ? "dwata" : "dwata " + name;
        String words = name.isEmpty() ? "a message that begins with '-'" : "'" + name + " …' as a message";
        streams.err().println("See '" + command + " --help'; '--' sends " + words + ": dwata -- " + name + "…");
        return ExitCode.USAGE;
    }

    private int failed(Exception problem) {
        StandardStreams streams = invocation.streams();
        if (invocation.environment().containsKey("DWATA_DEBUG")) {
            problem.printStackTrace(streams.err());
        }
        return switch (problem) {
            case CommandFailure failure -> {
                streams.notice(sentence(String.valueOf(failure.getMessage())));
                yield failure.exitCode();
            }
            case AgentException failure -> {
                streams.notice(sentence(failure.error().message()));
                yield ExitCode.of(failure.error());
            }
            case InterruptedException interrupted -> {
                Thread.currentThread().interrupt();
                yield ExitCode.CANCELLED;
            }
            default -> {
                streams.notice("a defect of dwata: " + problem + "; DWATA_DEBUG=1 shows where");
                yield ExitCode.DEFECT;
            }
        };
    }

    /// Reads one of some words.
    private record Words<E extends Enum<E>>(List<E> values) implements ITypeConverter<E> {
        @Override
        public E convert(String word) {
            return values.stream()
                    .filter(value -> value.toString().equalsIgnoreCase(word))
                    .findFirst()
                    .orElseThrow(
                            () -> new TypeConversionException("expected one of " + values + " but was '" + word + "'"));
        }
    }

    private static String sentence(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
