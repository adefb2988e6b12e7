package dev.dwata.cli.approval;

import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.InputQuestion;
import dev.dwata.types.InputResponse;
import dev.dwata.types.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Asks a person one question after the other. What does not fit is said and asked again at once.
final class QuestionDialog {
    private final Console console;
    private final Map<String, JsonNode> given;

    /// @param given what was answered before, by the questions' ids; an empty line keeps it
    QuestionDialog(Console console, Map<String, JsonNode> given) {
        this.console = console;
        this.given = given;
    }

    InputResponse ask(InputRequested request) throws InterruptedException {
        List<InputQuestion> questions = Objects.requireNonNullElse(request.questions(), List.of());
        console.show(RequestText.about(request).stripTrailing());
        ObjectNode answers = Json.MAPPER.createObjectNode();
        for (InputQuestion question : questions) {
            JsonNode answer = answer(question);
            if (answer == null) {
                return new InputResponse.Reject("nobody answered");
            }
            given.put(question.id(), answer);
            answers.set(question.id(), answer);
        }
        return new InputResponse.Answer(answers);
    }

    private @Nullable JsonNode answer(InputQuestion question) throws InterruptedException {
        console.show(RequestText.about(question));
        JsonNode earlier = given.get(question.id());
        while (true) {
            String typed = question.isSecret()
                    ? console.readSecret(prompt(question, earlier))
                    : console.read(prompt(question, earlier));
            if (typed == null) {
                return null;
            }
            if (typed.isBlank() && earlier != null) {
                return earlier;
            }
            try {
                return value(question, typed);
            } catch (IllegalArgumentException e) {
                console.show(String.valueOf(e.getMessage()));
            }
        }
    }

    private static String prompt(InputQuestion question, @Nullable JsonNode earlier) {
        String kept = earlier == null ? "" : question.isSecret() ? "[as before] " : "[" + earlier + "] ";
        if (question.isSecret()) {
            return kept + "(it does not show) ";
        }
        if (question.options() == null) {
            return kept + ("number".equals(question.inputType()) ? "(a number) " : "> ");
        }
        String open = "text".equals(question.inputType()) ? ", or your own words" : "";
        return kept + (Boolean.TRUE.equals(question.multiple()) ? "(numbers, as 1,3" : "(a number") + open + ") ";
    }

    /// What was typed as the value that is wanted.
    ///
    /// @throws IllegalArgumentException if it does not fit
    static JsonNode value(InputQuestion question, String typed) {
        List<String> options = question.options();
        boolean multiple = Boolean.TRUE.equals(question.multiple());
        boolean open = options == null || "text".equals(question.inputType());
        if ("number".equals(question.inputType())) {
            return multiple ? numbers(typed) : Choice.number(typed);
        }
        if (question.isSecret()) {
            return multiple
                    ? Json.MAPPER.createArrayNode().add(typed)
                    : Json.MAPPER.getNodeFactory().stringNode(typed);
        }
        if (multiple) {
            return Choice.several(options == null ? List.of() : options, typed, open);
        }
        String text = options == null ? typed : Choice.one(options, typed, open);
        return Json.MAPPER.getNodeFactory().stringNode(text);
    }

    private static JsonNode numbers(String typed) {
        return Json.MAPPER
                .createArrayNode()
                .addAll(
                        typed.isBlank()
                                ? List.of()
                                : List.of(typed.split(",")).stream()
                                        .map(Choice::number)
                                        .toList());
    }
}
