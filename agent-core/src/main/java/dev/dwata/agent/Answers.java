package dev.dwata.agent;

import dev.dwata.agent.output.AnswerSchema;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.AgentException;
import dev.dwata.types.InputDecision;
import dev.dwata.types.InputKind;
import dev.dwata.types.InputQuestion;
import dev.dwata.types.InputRequest;
import dev.dwata.types.InputResponse;
import dev.dwata.types.Json;
import dev.dwata.types.PolicyRule;
import dev.dwata.types.RuleScope;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Checks that an answer fits what was asked.
final class Answers {
    private static final int MOST_TEXT = 64 * 1024;
    private static final int MOST_RESULT = 256 * 1024;

    private Answers() {}

    /// @throws AgentException with `InvalidRequest` saying what does not fit
    static InputResolved to(InputRequest request, String by, InputResponse response, Instant now) {
        InputRequested asked = request.asked();
        return switch (response) {
            case InputResponse.Approve it -> {
                require(asked, InputKind.APPROVAL, "approved");
                yield it.arguments() == null
                        ? resolved(asked, InputDecision.APPROVE, by, null)
                        : edited(asked, by, it.arguments());
            }
            case InputResponse.Always it -> {
                require(asked, InputKind.APPROVAL, "approved");
                JsonNode rule = Json.MAPPER.valueToTree(rule(request, it.scope(), now));
                yield new InputResolved(asked.requestId(), InputDecision.ALWAYS, by, null, null, null, rule);
            }
            case InputResponse.Reject it ->
                new InputResolved(
                        asked.requestId(), InputDecision.REJECT, by, null, null, shortened(it.reason()), null);
            case InputResponse.Answer it -> {
                require(asked, InputKind.QUESTION, "answered");
                check(asked, it.answers());
                yield resolved(asked, InputDecision.ANSWERED, by, it.answers());
            }
            case InputResponse.Result it -> {
                require(asked, InputKind.CLIENT_TOOL, "given a result");
                if (it.result().toString().length() > MOST_RESULT) {
                    throw invalid("result must have at most " + MOST_RESULT + " characters");
                }
                yield resolved(asked, InputDecision.ANSWERED, by, it.result());
            }
            case InputResponse.Failed it -> {
                require(asked, InputKind.CLIENT_TOOL, "given an error");
                yield new InputResolved(
                        asked.requestId(), InputDecision.FAILED, by, null, null, shortened(it.error()), null);
            }
        };
    }

    private static InputResolved resolved(
            InputRequested asked, InputDecision decision, String by, @Nullable JsonNode answer) {
        return new InputResolved(asked.requestId(), decision, by, null, answer, null, null);
    }

    private static InputResolved edited(InputRequested asked, String by, JsonNode arguments) {
        if (!arguments.isObject()) {
            throw invalid("arguments must be a JSON object: all arguments of the call, edited");
        }
        return new InputResolved(asked.requestId(), InputDecision.EDIT, by, arguments, null, null, null);
    }

    private static void require(InputRequested asked, InputKind kind, String what) {
        if (asked.kind() != kind) {
            throw invalid("input request " + asked.requestId() + " is of kind "
                    + asked.kind().wireName() + ", which cannot be " + what);
        }
    }

    private static PolicyRule rule(InputRequest request, RuleScope scope, Instant now) {
        JsonNode always = request.asked().always();
        if (always == null) {
            throw invalid("there is no 'always' for this call: approve it once");
        }
        PolicyRule narrow = Json.MAPPER.treeToValue(always, PolicyRule.class);
        boolean session = scope == RuleScope.SESSION;
        return new PolicyRule(
                "always-" + request.id().value().substring(request.id().value().length() - 8),
                PolicyRule.Effect.ALLOW,
                narrow.tool(),
                narrow.arguments(),
                narrow.argv(),
                scope == RuleScope.EVERYWHERE ? null : narrow.folder(),
                session ? narrow.agent() : null,
                session ? narrow.session() : null,
                request.owner().id(),
                now.truncatedTo(ChronoUnit.MILLIS));
    }

    private static void check(InputRequested asked, JsonNode answers) {
        if (!answers.isObject()) {
            throw invalid("answer must be a JSON object");
        }
        if (answers.toString().length() > MOST_TEXT) {
            throw invalid("answer must have at most " + MOST_TEXT + " characters");
        }
        if (asked.form() != null) {
            List<String> problems = AnswerSchema.of(asked.form()).problems(answers);
            if (!problems.isEmpty()) {
                throw invalid("answer does not fit the form: " + String.join("; ", problems));
            }
        }
        List<InputQuestion> questions = Objects.requireNonNullElse(asked.questions(), List.of());
        for (String name : answers.propertyNames()) {
            if (asked.form() == null
                    && questions.stream().noneMatch(question -> question.id().equals(name))) {
                throw invalid("answer: there is no question '" + name + "'; there are "
                        + String.join(
                                ", ", questions.stream().map(InputQuestion::id).toList()));
            }
        }
        questions.forEach(question -> check(question, answers.get(question.id())));
    }

    private static void check(InputQuestion question, @Nullable JsonNode answer) {
        String id = question.id();
        if (answer == null || answer.isNull()) {
            throw invalid("answer: '" + id + "' is missing");
        }
        if (Boolean.TRUE.equals(question.multiple())) {
            if (!answer.isArray()) {
                throw invalid("answer: '" + id + "' must be an array, as several may be chosen");
            }
            answer.forEach(one -> checkOne(question, one));
        } else {
            checkOne(question, answer);
        }
    }

    private static void checkOne(InputQuestion question, JsonNode answer) {
        String id = question.id();
        if ("number".equals(question.inputType())) {
            if (!answer.isNumber()) {
                throw invalid("answer: '" + id + "' must be a number");
            }
            return;
        }
        if (!answer.isString()) {
            throw invalid("answer: '" + id + "' must be a string");
        }
        boolean closed = question.options() != null && !"text".equals(question.inputType());
        if (closed && !Objects.requireNonNull(question.options()).contains(answer.stringValue())) {
            throw invalid("answer: '" + id + "' must be one of " + String.join(", ", question.options()));
        }
    }

    private static @Nullable String shortened(@Nullable String text) {
        return text == null || text.length() <= 2_000 ? text : text.substring(0, text.offsetByCodePoints(0, 1_000));
    }

    private static AgentException invalid(String what) {
        return new AgentException(new AgentError.InvalidRequest(what));
    }
}
