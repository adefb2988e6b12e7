package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The rules of AG-UI for the events of one run, and a little more than those: a run begins once, all that is
/// opened is closed before it ends, and nothing follows.
final class AgUiRules {
    private final Set<String> texts = new HashSet<>();
    private final Set<String> thoughts = new HashSet<>();
    private final Set<String> spans = new HashSet<>();
    private final Set<String> calls = new HashSet<>();
    private final Set<String> ended = new HashSet<>();
    private boolean over;

    private AgUiRules() {}

    static void check(List<ObjectNode> events) {
        AgUiRules rules = new AgUiRules();
        assertThat(events.getFirst().get("type").stringValue()).isIn("RUN_STARTED", "RUN_ERROR");
        for (int i = 0; i < events.size(); i++) {
            rules.take(events.get(i), i);
        }
        assertThat(rules.over).as("the run has ended").isTrue();
    }

    private void take(ObjectNode event, int index) {
        assertThat(over).as("nothing follows the end: " + event).isFalse();
        noNulls(event);
        String message = event.path("messageId").asString("");
        String call = event.path("toolCallId").asString("");
        switch (event.get("type").stringValue()) {
            case "RUN_STARTED" -> {
                assertThat(index).as("RUN_STARTED comes first").isZero();
                assertThat(event.has("threadId") && event.has("runId")).isTrue();
            }
            case "TEXT_MESSAGE_START" -> open(texts, message);
            case "TEXT_MESSAGE_CONTENT" -> content(texts, message, event);
            case "TEXT_MESSAGE_END" -> close(texts, message);
            case "REASONING_START" -> open(spans, message);
            case "REASONING_MESSAGE_START" -> {
                assertThat(spans).contains(message);
                assertThat(event.path("role").asString("")).isEqualTo("reasoning");
                assertThat(thoughts.add(message)).isTrue();
            }
            case "REASONING_MESSAGE_CONTENT" -> content(thoughts, message, event);
            case "REASONING_MESSAGE_END" ->
                assertThat(thoughts.remove(message)).as(message).isTrue();
            case "REASONING_END" -> close(spans, message);
            case "TOOL_CALL_START" -> open(calls, call);
            case "TOOL_CALL_ARGS" -> content(calls, call, event);
            case "TOOL_CALL_END" -> close(calls, call);
            case "TOOL_CALL_RESULT" -> {
                assertThat(calls).as("a call ends before its result").doesNotContain(call);
                assertThat(event.get("content").isString()).isTrue();
            }
            case "RUN_FINISHED" -> {
                assertThat(texts).isEmpty();
                assertThat(thoughts).isEmpty();
                assertThat(spans).isEmpty();
                assertThat(calls).isEmpty();
                over = true;
            }
            case "RUN_ERROR" -> over = true;
            default -> throw new AssertionError("an event of an unknown type: " + event);
        }
    }

    private void open(Set<String> all, String id) {
        assertThat(id).isNotEmpty();
        assertThat(texts.isEmpty() && spans.isEmpty() && calls.isEmpty())
                .as("one at a time: " + id)
                .isTrue();
        assertThat(ended).as("an id is used once").doesNotContain(id);
        all.add(id);
    }

    private static void content(Set<String> all, String id, ObjectNode event) {
        assertThat(all).as("open before its content").contains(id);
        assertThat(event.path("delta").asString("")).isNotEmpty();
    }

    private void close(Set<String> all, String id) {
        assertThat(all.remove(id)).as("open before its end: " + id).isTrue();
        ended.add(id);
    }

    /// What is optional is absent.
    private static void noNulls(JsonNode node) {
        assertThat(node.isNull()).isFalse();
        if (node.isObject()) {
            node.properties().forEach(field -> {
                boolean open = List.of("metadata", "responseSchema").contains(field.getKey());
                if (!open) {
                    noNulls(field.getValue());
                }
            });
        } else if (node.isArray()) {
            node.forEach(AgUiRules::noNulls);
        }
    }
}
