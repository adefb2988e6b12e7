package dev.dwata.gateway.api;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.InputResponse;
import dev.dwata.types.RuleScope;
import dev.dwata.types.wire.InputRespondParams;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Reads what a client answers to an input request. It says one thing, or it is refused.
final class SentAnswer {
    private static final String DECISIONS = "approve, reject, always, edit";

    private SentAnswer() {}

    /// @throws AgentException with `InvalidRequest` naming the field
    static InputResponse of(InputRespondParams params) {
        List<String> given = given(params);
        if (given.isEmpty()) {
            if (params.result() != null) {
                return new InputResponse.Result(params.result()); // null is what some tools return
            }
            throw invalid("one of decision, answer, result, error, success is required");
        }
        String kind = given.getFirst();
        if (given.size() > 1) {
            throw invalid("give either " + kind + " or " + given.get(1) + ", not both");
        }
        checkCompany(params, kind);
        return switch (kind) {
            case "decision" -> decided(params, Objects.requireNonNull(params.decision()));
            case "answer" -> new InputResponse.Answer(Objects.requireNonNull(params.answer()));
            case "result" -> new InputResponse.Result(Objects.requireNonNull(params.result()));
            case "success" -> succeeded(params);
            default -> new InputResponse.Failed(said(Objects.requireNonNull(params.error())));
        };
    }

    /// What the answer says; `error` next to `success` is a part of that.
    private static List<String> given(InputRespondParams params) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("decision", params.decision());
        fields.put("answer", present(params.answer()));
        fields.put("result", present(params.result()));
        fields.put("success", params.success());
        fields.put("error", params.success() == null ? params.error() : null);
        return fields.entrySet().stream()
                .filter(field -> field.getValue() != null)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static @Nullable JsonNode present(@Nullable JsonNode value) {
        return value == null || value.isNull() ? null : value;
    }

    /// What belongs to another answer was meant for something.
    private static void checkCompany(InputRespondParams params, String kind) {
        String decision = params.decision();
        require(params.arguments() == null || "edit".equals(decision), "arguments", "decision 'edit'");
        require(params.scope() == null || "always".equals(decision), "scope", "decision 'always'");
        require(params.reason() == null || "reject".equals(decision), "reason", "decision 'reject'");
        require(params.data() == null || kind.equals("success"), "data", "success");
    }

    private static void require(boolean right, String field, String with) {
        if (!right) {
            throw invalid(field + " goes with " + with + " only");
        }
    }

    private static InputResponse decided(InputRespondParams params, String decision) {
        return switch (decision) {
            case "approve" -> new InputResponse.Approve();
            case "reject" -> new InputResponse.Reject(params.reason());
            case "always" -> new InputResponse.Always(Objects.requireNonNullElse(params.scope(), RuleScope.SESSION));
            case "edit" -> edited(params.arguments());
            default -> throw invalid("decision must be one of " + DECISIONS);
        };
    }

    private static InputResponse edited(@Nullable JsonNode arguments) {
        if (arguments == null || !arguments.isObject()) {
            throw invalid("arguments is required with decision 'edit': an object, all arguments of the call");
        }
        return new InputResponse.Approve(arguments);
    }

    private static InputResponse succeeded(InputRespondParams params) {
        JsonNode data = params.data();
        if (Boolean.TRUE.equals(params.success())) {
            if (params.error() != null) {
                throw invalid("give either success true or error, not both");
            }
            return new InputResponse.Result(data == null ? JsonNodeFactory.instance.objectNode() : data);
        }
        if (params.error() != null) {
            return new InputResponse.Failed(said(params.error()));
        }
        String within = data == null ? "" : data.path("error").asString("");
        return new InputResponse.Failed(within.isBlank() ? "the client gave no reason" : within);
    }

    private static String said(String error) {
        if (error.isBlank()) {
            throw invalid("error must not be blank");
        }
        return error;
    }

    private static AgentException invalid(String message) {
        return new AgentException(new AgentError.InvalidRequest(message));
    }
}
