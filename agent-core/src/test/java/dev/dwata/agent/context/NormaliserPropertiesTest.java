package dev.dwata.agent.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.dwata.agent.testing.LegalHistory;
import dev.dwata.types.Json;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// H7: what holds for every history.
class NormaliserPropertiesTest {
    private static final int CASES = 2_000;

    @Test
    void isLegalWhateverItWas_H7() {
        forAll(history -> LegalHistory.check(Normaliser.normalise(history)));
    }

    @Test
    void isNotChangedASecondTime_H7() {
        forAll(history -> {
            List<Message> once = Normaliser.normalise(history);

            assertThat(Normaliser.normalise(new ArrayList<>(once)))
                    .usingElementComparator((a, b) -> a == b ? 0 : 1)
                    .isEqualTo(once);
        });
    }

    @Test
    void comesBackAsTheSameListIfItIsLegal_H7() {
        forAll(history -> {
            List<Message> legal = Normaliser.normalise(history);

            assertThat(Normaliser.normalise(legal)).isSameAs(legal);
        });
    }

    @Test
    void losesNothingThatTheUserSaid_H7() {
        forAll(history -> {
            List<Message> longer = new ArrayList<>(history);
            longer.add(Message.user("That was all."));

            assertThat(saidByUser(Normaliser.normalise(longer))).containsSubsequence(saidByUser(longer));
        });
    }

    @Test
    void doesNotTouchWhatItWasGiven_H7() {
        forAll(history -> {
            String before = Json.MAPPER.writeValueAsString(history);

            Normaliser.normalise(history);

            assertThat(Json.MAPPER.writeValueAsString(history)).isEqualTo(before);
        });
    }

    /// Providers cache the beginning of a conversation.
    @Test
    void keepsItsBeginningWhenItGrows_H7() {
        forAll(history -> {
            List<Message> more = List.of(Message.user("And now?"), Message.assistant("Now this."));
            List<Message> longer = new ArrayList<>(history);
            longer.addAll(more);
            List<Message> expected = new ArrayList<>(Normaliser.normalise(history));
            expected.addAll(more);

            assertThat(Normaliser.normalise(longer)).isEqualTo(expected);
        });
    }

    @Test
    void givesEachCallTheFirstResultThatCameAfterIt_H7() {
        for (long seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            Map<String, String> expected = new HashMap<>();
            List<Message> history = shuffledResults(random, expected);

            Map<String, String> answered = new HashMap<>();
            for (Message message : Normaliser.normalise(history)) {
                for (Part part : message.parts()) {
                    if (part instanceof Part.ToolResult result && result.success()) {
                        answered.put(result.toolCallId(), result.result().stringValue());
                    }
                }
            }

            assertThat(answered).as("seed %d", seed).isEqualTo(expected);
        }
    }

    /// Calls with unique ids, and results of any of them, before and after, some twice.
    private static List<Message> shuffledResults(Random random, Map<String, String> expected) {
        List<Message> history = new ArrayList<>(List.of(Message.user("Go.")));
        int calls = 0;
        for (int i = 0; i < 12; i++) {
            List<Part> parts = new ArrayList<>();
            boolean asks = random.nextBoolean();
            for (int n = random.nextInt(4); n > 0; n--) {
                if (asks) {
                    parts.add(new Part.ToolCall("c" + calls++, "test.echo", Json.MAPPER.createObjectNode()));
                } else {
                    int to = random.nextInt(calls + 3);
                    String content = i + "/" + n;
                    parts.add(new Part.ToolResult(
                            "c" + to,
                            "test.echo",
                            true,
                            Json.MAPPER.getNodeFactory().stringNode(content)));
                    if (to < calls) {
                        expected.putIfAbsent("c" + to, content);
                    }
                }
            }
            history.add(new Message(asks ? Role.ASSISTANT : Role.TOOL, parts));
        }
        return history;
    }

    private static List<String> saidByUser(List<Message> history) {
        return history.stream()
                .filter(message -> message.role() == Role.USER)
                .flatMap(message -> message.parts().stream())
                .filter(Part.Text.class::isInstance)
                .map(part -> clean(((Part.Text) part).text()))
                .filter(text -> !text.isBlank())
                .toList();
    }

    private static String clean(String text) {
        return text.replaceAll("\0|[\\x{D800}-\\x{DFFF}]", "\uFFFD");
    }

    private static void forAll(Consumer<List<Message>> property) {
        for (long seed = 0; seed < CASES; seed++) {
            List<Message> history = new RandomHistory(seed, 14).messages();
            try {
                property.accept(history);
            } catch (AssertionError | RuntimeException e) {
                fail("seed " + seed + ": " + e.getMessage() + "\nof " + history, e);
            }
        }
    }
}
