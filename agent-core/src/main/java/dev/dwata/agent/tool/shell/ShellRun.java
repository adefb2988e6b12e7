package dev.dwata.agent.tool.shell;

import dev.dwata.agent.process.Program;
import dev.dwata.agent.process.ResourceLimits;
import dev.dwata.agent.tool.CallReview;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.agent.tool.ToolTrait;
import dev.dwata.agent.tool.files.Workspace;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.schema.Description;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/// `shell.run`
///
/// A command line of which it is sure what it runs is run without a shell, as the list it amounts to: so a rule
/// about commands never lets a shell do something else.
public record ShellRun(Workspace workspace, Commands commands) {
    private static final long ORDINARY_MILLIS = Duration.ofMinutes(2).toMillis();
    private static final long MOST_MILLIS = Duration.ofMinutes(30).toMillis();
    private static final String SHELL = "/bin/sh";
    private static final ToolSpec.Head HEAD = new ToolSpec.Head(
                    "shell.run",
                    "Runs a command in the workspace and tells what it says and its exit code. Prefer 'argv', a program"
                            + " and its arguments; 'command' is a line for /bin/sh. It can read no input, and all that"
                            + " it starts ends with it.",
                    Effect.ONCE,
                    Approval.CONFIRM)
            .with(ToolTrait.WRITE, ToolTrait.EGRESS);

    @JsonNaming(SnakeCaseStrategy.class)
    record Arguments(
            @Description("a line for /bin/sh; either this or argv") @Nullable
            String command,

            @Description("a program and its arguments; either this or command") @Nullable
            List<String> argv,

            @Description("the folder to run it in, relative to the workspace; the workspace itself if absent") @Nullable
            String cwd,

            @Description("how long it may run, at most 1800000; 120000 if absent") @Nullable
            Long timeoutMs) {}

    /// What will run.
    ///
    /// @param sure whether `argv` is all that there is to it
    private record Plan(List<String> argv, boolean sure, Path folder) {}

    public Tool tool() {
        return Tool.of(HEAD, Arguments.class, this::review, this::run);
    }

    private CallReview review(Arguments arguments, ToolContext context) throws IOException {
        if (mistake(arguments) != null) {
            return CallReview.PLAIN; // the call says it, and does nothing
        }
        Plan plan;
        try {
            plan = plan(arguments);
        } catch (IOException e) {
            return CallReview.denied(String.valueOf(e.getMessage()));
        }
        Path program = commands.processes().executable(plan.argv.getFirst(), plan.folder);
        List<String> words =
                plan.sure ? plan.argv : Arrays.asList(plan.argv.getLast().split("[\\s;&|()<>\"'`$={}]+", -1));
        return CallReview.PLAIN
                .withBound(CommandFacts.of(plan.folder, program, words, workspace.root()))
                .withArgv(plan.sure ? plan.argv : null)
                .withAlways(always(arguments, plan));
    }

    /// Of what a rule would take for a pattern there is no "always".
    private static @Nullable Map<String, String> always(Arguments arguments, Plan plan) {
        Map<String, String> limits = new LinkedHashMap<>();
        if (!plan.sure && arguments.command != null) {
            limits.put("command", arguments.command);
        }
        if (arguments.cwd != null) {
            limits.put("cwd", arguments.cwd);
        }
        return limits.values().stream().anyMatch(value -> value.contains("*")) ? null : limits;
    }

    private ToolOutcome run(Arguments arguments, ToolContext context) throws InterruptedException {
        String mistake = mistake(arguments);
        if (mistake != null) {
            return new ToolOutcome.Retry(mistake);
        }
        long millis = arguments.timeoutMs == null ? ORDINARY_MILLIS : arguments.timeoutMs;
        try {
            Plan plan = plan(arguments);
            Program program = new Program(plan.argv, plan.folder)
                    .with(Program.Errors.MERGED)
                    .with(ResourceLimits.ORDINARY);
            return ToolOutcome.success(ShellResult.of(commands.run(program, "", Duration.ofMillis(millis), context)));
        } catch (IOException e) {
            return new ToolOutcome.Failure(e.getMessage() == null ? "it cannot be started" : e.getMessage());
        }
    }

    private Plan plan(Arguments arguments) throws IOException {
        Path folder = workspace.existingFolder(arguments.cwd);
        if (arguments.argv != null) {
            return new Plan(arguments.argv, true, folder);
        }
        String line = arguments.command == null ? "" : arguments.command;
        Optional<List<String>> simple = SimpleCommand.parse(line);
        if (simple.isPresent() && isProgram(simple.get().getFirst(), folder)) {
            return new Plan(simple.get(), true, folder);
        }
        return new Plan(
                List.of(SHELL, "-c", line.startsWith("-") || line.startsWith("+") ? ' ' + line : line), false, folder);
    }

    /// What is none may still be something that shells do themselves.
    private boolean isProgram(String name, Path folder) {
        try {
            return commands.processes().executable(name, folder).isAbsolute();
        } catch (IOException e) {
            return false;
        }
    }

    private static @Nullable String mistake(Arguments arguments) {
        if ((arguments.command == null) == (arguments.argv == null)) {
            return "either 'command' or 'argv' is required, and not both";
        }
        if (arguments.argv != null
                && (arguments.argv.isEmpty() || arguments.argv.getFirst().isBlank())) {
            return "'argv' must begin with a program";
        }
        if (arguments.command != null && arguments.command.isBlank()) {
            return "'command' must not be blank";
        }
        if ((arguments.command == null ? String.join("", arguments.argv) : arguments.command).indexOf('\0') >= 0) {
            return "a command must not contain the character NUL";
        }
        if (arguments.timeoutMs != null && (arguments.timeoutMs < 1 || arguments.timeoutMs > MOST_MILLIS)) {
            return "'timeout_ms' must be 1 to " + MOST_MILLIS + ", not " + arguments.timeoutMs;
        }
        return null;
    }
}
