package dev.dwata.agent.tool.ask;

import dev.dwata.agent.tool.Asking;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.InputQuestion;
import dev.dwata.types.Json;
import dev.dwata.types.schema.Description;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.node.ObjectNode;

/// `ask_user`: has a person answer one or several questions, and waits up to 5 minutes.
public final class AskUserTool {
    private static final int MOST_QUESTIONS = 10;
    private static final int MOST_TEXT = 4_000;
    private static final Set<String> INPUT_TYPES = Set.of("text", "number", "secret", "choice");

    private AskUserTool() {}

    record Arguments(List<Question> questions) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Question(
            @Description("names the answer; short, unique") String id,
            @Description("what the user is asked") String text,

            @Description("what the user may choose from; default: anything may be said") @Nullable
            List<String> options,

            @Description("whether several options may be chosen; default: false") @Nullable
            Boolean multiple,

            @Description("text, number, choice; default: choice where there are options, else text") @Nullable
            String inputType) {}

    public static Tool create() {
        return Tool.of(
                new ToolSpec.Head(
                        "ask_user",
                        "Asks the user one or several questions and waits for the answers. Use it when you cannot go"
                                + " on without something that only the user knows or may decide.",
                        Effect.IDEMPOTENT,
                        Approval.AUTO),
                Arguments.class,
                AskUserTool::ask);
    }

    private static ToolOutcome ask(Arguments arguments, ToolContext context) throws InterruptedException {
        String problem = problem(arguments.questions());
        if (problem != null) {
            return new ToolOutcome.Retry(problem);
        }
        List<InputQuestion> questions = arguments.questions().stream()
                .map(it -> new InputQuestion(it.id(), it.text(), it.options(), it.multiple(), it.inputType()))
                .toList();
        InputResolved said = context.asking().ask(Asking.Ask.questions(questions));
        return switch (said.decision()) {
            case ANSWERED -> {
                ObjectNode data = Json.MAPPER.createObjectNode();
                yield new ToolOutcome.Success(
                        data.set("answers", Objects.requireNonNullElse(said.answer(), Json.MAPPER.createObjectNode())));
            }
            case REJECT -> new ToolOutcome.Denied("the user did not want to answer" + because(said));
            case EXPIRED -> new ToolOutcome.Failure("nobody answered in time; go on without, or say what is missing");
            case CANCELLED, FAILED, APPROVE, ALWAYS, EDIT ->
                new ToolOutcome.Failure("nobody will answer" + because(said));
        };
    }

    private static String because(InputResolved said) {
        return said.reason() == null ? "" : ": " + said.reason();
    }

    private static @Nullable String problem(List<Question> questions) {
        if (questions.isEmpty() || questions.size() > MOST_QUESTIONS) {
            return "'questions' must hold 1 to " + MOST_QUESTIONS + " questions, not " + questions.size();
        }
        Set<String> ids = new HashSet<>();
        for (Question question : questions) {
            if (question.id().isBlank() || question.id().length() > 60 || !ids.add(question.id())) {
                return "'id' must be unique and have 1 to 60 characters: '" + question.id() + "'";
            }
            if (question.text().isBlank() || question.text().length() > MOST_TEXT) {
                return "'text' of '" + question.id() + "' must have 1 to " + MOST_TEXT + " characters";
            }
            if (question.inputType() != null && !INPUT_TYPES.contains(question.inputType())) {
                return "'input_type' of '" + question.id() + "' must be one of text, number, secret, choice";
            }
            if ("choice".equals(question.inputType())
                    && (question.options() == null || question.options().isEmpty())) {
                return "'" + question.id() + "' is a choice, so it needs 'options'";
            }
        }
        return null;
    }
}
