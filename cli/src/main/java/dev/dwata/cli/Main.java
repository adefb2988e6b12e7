package dev.dwata.cli;

import dev.dwata.agent.redaction.Redaction;
import dev.dwata.cli.ask.Cancellation;
import dev.dwata.cli.home.RuntimeChoice;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.cli.output.LogOutput;
import dev.dwata.cli.output.StandardStreams;
import dev.dwata.cli.output.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Starts the `dwata` command.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        if (arguments.length == 1 && (arguments[0].equals("--version") || arguments[0].equals("-V"))) {
            System.out.println("dwata " + Version.text());
            return;
        }
        Map<String, String> environment = System.getenv();
        StandardStreams streams =
                StandardStreams.ofProcess(environment, Redaction.ofEnvironment(environment, List.of()));
        System.setErr(
                LogOutput.over(streams.err())); // the log, and what the virtual machine says of threads that failed
        Path directory = Path.of("").toAbsolutePath();
        RuntimeChoice choice = new RuntimeChoice(environment, directory, streams::notice);
        Invocation invocation = new Invocation(streams, environment, directory, choice);
        Cancellation cancellation = new Cancellation(Runtime.getRuntime()::halt);
        Interrupts.handle("INT", cancellation::press);
        int code = run(new CommandLines(invocation, cancellation), streams, arguments);
        streams.out().flush();
        System.exit(code);
    }

    private static int run(CommandLines commands, StandardStreams streams, String... arguments) {
        try {
            return commands.run(arguments);
        } catch (LinkageError | VirtualMachineError e) {
            if (System.getenv("DWATA_DEBUG") != null) {
                e.printStackTrace(streams.err());
            }
            streams.notice("the Java virtual machine cannot go on: " + e);
            return ExitCode.DEFECT;
        }
    }
}
