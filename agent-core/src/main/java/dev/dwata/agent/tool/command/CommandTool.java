package dev.dwata.agent.tool.command;

import dev.dwata.agent.process.CappedOutput;
import dev.dwata.agent.process.Finished;
import dev.dwata.agent.process.Program;
import dev.dwata.agent.process.ResourceLimits;
import dev.dwata.agent.tool.CallReview;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.agent.tool.files.Workspace;
import dev.dwata.agent.tool.shell.CommandFacts;
import dev.dwata.agent.tool.shell.Commands;
import dev.dwata.types.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A program as a tool: its arguments are its input, what it says is the result.
record CommandTool(CommandDefinition definition, Workspace workspace, Commands commands) implements Tool {
    private static final int MOST_SAID = 2_000;

    @Override
    public ToolSpec spec() {
        return definition.spec();
    }

    /// Who agrees is shown which file will run, and is asked again if it is another one then.
    @Override
    public CallReview review(JsonNode arguments, ToolContext context) throws IOException {
        Path folder = folder();
        Path program = commands.processes().executable(definition.argv().getFirst(), folder);
        return CallReview.PLAIN.withBound(CommandFacts.of(folder, program, definition.argv(), Path.of("/")));
    }

    @Override
    public ToolOutcome call(JsonNode arguments, ToolContext context) throws InterruptedException {
        List<String> problems = definition.parameters().problems(arguments);
        if (!problems.isEmpty()) {
            return new ToolOutcome.Retry("the arguments do not fit: " + String.join("; ", problems));
        }
        try {
            Program program = new Program(definition.argv(), folder())
                    .withEnvironment(definition.environment())
                    .with(ResourceLimits.ORDINARY);
            return outcome(commands.run(program, arguments.toString(), definition.atMost(), context));
        } catch (IOException e) {
            return new ToolOutcome.Failure(e.getMessage() == null ? "it cannot be started" : e.getMessage());
        }
    }

    /// The configuration is a person's: it may name any folder.
    private Path folder() throws IOException {
        String cwd = definition.cwd();
        Path folder = cwd == null ? workspace.root() : workspace.root().resolve(cwd);
        if (!Files.isDirectory(folder)) {
            throw new IOException("the folder '" + folder + "' does not exist");
        }
        return folder.toRealPath();
    }

    private ToolOutcome outcome(Commands.Said said) {
        Finished finished = said.finished();
        if (!finished.succeeded()) {
            return new ToolOutcome.Failure(failure(said));
        }
        CappedOutput output = said.output();
        ObjectNode data = output.truncated() ? null : object(output.text());
        if (data == null) {
            data = Json.MAPPER.createObjectNode().put("output", output.text()).put("truncated", output.truncated());
            if (output.file().isPresent()) {
                data.put("output_file", output.file().get().toString());
            }
        }
        return new ToolOutcome.Success(data);
    }

    private static @Nullable ObjectNode object(String text) {
        try {
            return Json.MAPPER.readTree(text) instanceof ObjectNode object ? object : null;
        } catch (JacksonException e) {
            return null; // a text, then
        }
    }

    private String failure(Commands.Said said) {
        Finished finished = said.finished();
        String signal = finished.exit().signal();
        String why = switch (finished.why()) {
            case EXITED ->
                "it ended with exit code " + finished.exit().code() + (signal == null ? "" : " (" + signal + ")");
            case TIMED_OUT ->
                "it was ended: it had not finished after " + definition.atMost().toMillis() + " ms";
            case TOO_MUCH_OUTPUT -> "it was ended: it had said more than 50 MiB";
        };
        String unstopped = finished.unstopped().isEmpty() ? "" : "; could not be ended: " + finished.unstopped();
        String text =
                said.errors().bytes() > 0 ? said.errors().text() : said.output().text();
        return why + unstopped + (text.isBlank() ? "" : ": " + end(text.strip()));
    }

    /// What is last says most.
    private static String end(String text) {
        int length = text.codePointCount(0, text.length());
        return length <= MOST_SAID ? text : "…" + text.substring(text.offsetByCodePoints(0, length - MOST_SAID));
    }
}
