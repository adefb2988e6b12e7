package dev.dwata.cli.approval;

import dev.dwata.cli.output.CommandFailure;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.InputQuestion;
import dev.dwata.types.InputResponse;
import dev.dwata.types.Json;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers that were given on a command line, as `key=value`; what is missing there is asked for at the
/// terminal.
public final class GivenAnswers {
    private final InputRequested request;
    private final ObjectNode answers = Json.MAPPER.createObjectNode();

    public GivenAnswers(InputRequested request) {
        this.request = request;
    }

    /// @param pair `key=value`
    /// @throws CommandFailure if it is none, or its value does not fit
    public void add(String pair) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
            throw CommandFailure.usage("'" + pair + "' is no answer: ID=VALUE, by the id of the question");
        }
        String key = pair.substring(0, equals);
        String value = pair.substring(equals + 1);
        try {
            answers.set(key, request.form() == null ? answer(key, value) : field(request.form(), key, value));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(key + ": " + e.getMessage());
        }
    }

    private JsonNode answer(String key, String value) {
        Optional<InputQuestion> question =
                questions().stream().filter(known -> known.id().equals(key)).findFirst();
        if (question.isEmpty()) {
            throw new IllegalArgumentException("there is no such question; there are "
                    + String.join(
                            ", ", questions().stream().map(InputQuestion::id).toList()));
        }
        if (question.get().isSecret()) {
            throw new IllegalArgumentException(
                    "a secret is not written on a command line, where others can read it: leave it out, and it is"
                            + " asked for");
        }
        return QuestionDialog.value(question.get(), value);
    }

    private static JsonNode field(JsonNode form, String key, String value) {
        String type = form.path("properties").path(key).path("type").asString("string");
        if (type.equals("string")) {
            return Json.MAPPER.getNodeFactory().stringNode(value);
        }
        try {
            return Json.STRICT.readTree(value);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("'" + value + "' is not JSON of the type " + type, e);
        }
    }

    private List<InputQuestion> questions() {
        return Objects.requireNonNullElse(request.questions(), List.of());
    }

    /// @param console of the person, for what is missing; absent where there is none
    /// @throws CommandFailure if something is missing and nobody can be asked
    public @Nullable InputResponse complete(Supplier<Optional<? extends Console>> console) throws InterruptedException {
        List<InputQuestion> missing = questions().stream()
                .filter(question -> !answers.has(question.id()))
                .toList();
        boolean whole = request.form() == null ? missing.isEmpty() : !answers.isEmpty();
        if (whole) {
            return new InputResponse.Answer(answers);
        }
        Optional<? extends Console> person = console.get();
        if (person.isEmpty()) {
            throw CommandFailure.usage("there is no terminal to ask at; answer "
                    + (request.form() == null
                            ? String.join(
                                    " ",
                                    missing.stream().map(it -> it.id() + "=…").toList())
                            : "with --json-answer"));
        }
        InputResponse said = new Person(person.get()).ask(asking(missing));
        if (said instanceof InputResponse.Answer rest && rest.answers() instanceof ObjectNode more) {
            more.properties().forEach(field -> answers.set(field.getKey(), field.getValue()));
            return new InputResponse.Answer(answers);
        }
        return said;
    }

    private InputRequested asking(List<InputQuestion> missing) {
        return new InputRequested(
                request.requestId(),
                request.kind(),
                request.toolCallId(),
                request.toolName(),
                request.arguments(),
                request.reason(),
                request.digest(),
                request.bound(),
                request.always(),
                missing,
                request.form(),
                request.timeoutMs(),
                request.expiresAt(),
                request.target());
    }
}
