package dev.dwata.cli;

import dev.dwata.agent.redaction.Redaction;
import dev.dwata.cli.ask.Cancellation;
import dev.dwata.cli.home.RuntimeChoice;
import dev.dwata.cli.log.ErrorLog;
import dev.dwata.cli.log.LogProvider;
import dev.dwata.cli.log.Logs;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.cli.output.LogOutput;
import dev.dwata.cli.output.StandardStreams;
import dev.dwata.cli.output.Version;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.slf4j.event.Level;

/// Starts the `dwata` command.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        if (arguments.length == 1 && (arguments[0].equals("--version") || arguments[0].equals("-V"))) {
            System.out.println("dwata " + Version.text());
            return;
        }
        Map<String, String> environment = System.getenv();
        Redaction redaction = Redaction.ofEnvironment(environment, List.of());
        StandardStreams raw = StandardStreams.ofProcess(environment, redaction);
        ErrorLog log = new ErrorLog(raw.err(), redaction, Clock.systemUTC());
        StandardStreams streams = raw.withErr(log.printed("dwata", Level.INFO));
        System.setErr(LogOutput.over(log.printed("stderr", Level.WARN))); // what the virtual machine says of threads
        System.setProperty("slf4j.internal.verbosity", "WARN");
        System.setProperty("slf4j.provider", LogProvider.class.getName()); // whatever else is on the class path
        Logs.ofProcess().ifPresent(logs -> logs.writeTo(log));
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
