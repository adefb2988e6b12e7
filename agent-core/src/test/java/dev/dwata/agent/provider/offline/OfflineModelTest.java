package dev.dwata.agent.provider.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.model.ModelDelta;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.types.Json;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(120)
class OfflineModelTest {
    private final Asking asking = new Asking();

    @Test
    void saysItsAnswerWordByWord() {
        ModelReply reply = asking.ask(List.of(Message.assistant("Hi."), Message.user("what is 2 + 2")), List.of());

        assertThat(reply)
                .isEqualTo(new ModelReply(
                        List.of(new Part.Text("2 + 2 = 4")), new TokenUsage(4, 3, 0, 0.0), StopReason.END_TURN));
        assertThat(asking.deltas)
                .containsExactly(
                        new ModelDelta.Text("2 "),
                        new ModelDelta.Text("+ "),
                        new ModelDelta.Text("2 "),
                        new ModelDelta.Text("= "),
                        new ModelDelta.Text("4"));
    }

    @Test
    void asksForToolsUnderIdsThatAreUniqueInTheConversation() {
        List<Message> messages = new ArrayList<>(List.of(Message.user("read a.txt and b.txt, then list the files")));

        ModelReply first = asking.ask(messages, Asking.TOOLS);
        assertThat(first.stopReason()).isEqualTo(StopReason.TOOL_USE);
        assertThat(first.message().toolCalls())
                .containsExactly(
                        new Part.ToolCall("offline_1_1", "filesystem.read", json("{\"path\":\"a.txt\"}")),
                        new Part.ToolCall("offline_1_2", "filesystem.read", json("{\"path\":\"b.txt\"}")));
        assertThat(asking.deltas).isEmpty();

        messages.add(first.message());
        messages.add(new Message(
                Role.TOOL,
                first.message().toolCalls().stream()
                        .<Part>map(call -> new Part.ToolResult(
                                call.id(), call.name(), false, json("{\"success\":false,\"error\":\"no\"}")))
                        .toList()));
        assertThat(asking.ask(messages, Asking.TOOLS).message().toolCalls())
                .containsExactly(new Part.ToolCall("offline_3_1", "filesystem.list", json("{}")));
    }

    @Test
    void givesTheSameReplyToTheSameRequest() {
        ModelReply once = asking.ask("What files are in this folder?");

        assertThat(new Asking().ask("What files are in this folder?")).isEqualTo(once);
    }

    @Test
    void callsOnlyToolsThatItIsOffered() {
        ModelReply reply = asking.ask(List.of(Message.assistant("Hi."), Message.user("list files")), List.of());

        assertThat(reply.message().text())
                .isEqualTo("I would need the tool filesystem.list for that, and it is not offered to me here.");
    }

    @Test
    void staysWithinTheTokensItIsAllowed() {
        ModelReply reply = asking.ask(new ModelRequest("offline", null, List.of(Message.user("help")), List.of(), 5));

        assertThat(reply.message().text()).isEqualTo("I am dwata's built-i");
        assertThat(reply.usage().outputTokens()).isEqualTo(5);
        assertThat(reply.stopReason()).isEqualTo(StopReason.MAX_TOKENS);
    }

    @Test
    void stopsWhenInterrupted() {
        ModelRequest help = new ModelRequest("offline", null, List.of(Message.user("help")), List.of(), null);
        List<ModelDelta> heard = new ArrayList<>();

        assertThatThrownBy(() -> new OfflineModel().stream(help, delta -> {
                    heard.add(delta);
                    Thread.currentThread().interrupt();
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(heard).containsExactly(new ModelDelta.Text("I "));
    }

    @Test
    void answersWhereNothingWasSaid() {
        assertThat(asking.ask(List.of(), Asking.TOOLS).message().text()).contains("offline model");
        assertThat(asking.ask("  \n ").message().text()).startsWith("I can only read text");
        Message image = new Message(Role.USER, List.of(new Part.Image("file:///a.png", "image/png")));
        assertThat(asking.ask(List.of(image), Asking.TOOLS).message().text()).startsWith("I can only read text");
    }

    /// Any text: in any language, of any length, with any quotes, whatever came before.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void answersAnythingAtAll(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 150; i++) {
            List<Message> messages = new ArrayList<>();
            for (int earlier = random.nextInt(4); earlier > 0; earlier--) {
                messages.add(Message.user(anything(random)));
            }
            messages.add(Message.user(anything(random)));

            assertAnswers(messages);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "\n",
                "a ",
                "'",
                "\"",
                "`",
                "' ",
                "the ",
                " all",
                " my",
                "and ",
                "then ",
                " and read",
                "; ",
                "x, ",
                "?",
                "(",
                "-",
                "1+",
                "1,",
                "9",
                "?! ",
                " new ",
                "😀",
                "\uD83D",
                "\0",
                "=",
                " = ",
                ": ",
                " is ",
                ".",
                "/",
                " in",
                " to",
                "*",
                "[",
                "please "
            })
    void isNotSlowedDownByRepetition(String piece) {
        for (String opening : List.of(
                "",
                "write",
                "write ",
                "list",
                "list my",
                "remember ",
                "what is ",
                "find ",
                "read ",
                "which sessions are about ")) {
            String text = opening + piece.repeat(3_900 / piece.length());
            assertAnswers(List.of(Message.user("list files"), Message.user(text)));
            assertAnswers(List.of(Message.user(text + " to x"), Message.user("again")));
        }
        assertAnswers(List.of(Message.user("list files"), Message.user(piece.repeat(200_000))));
    }

    private void assertAnswers(List<Message> messages) {
        ModelReply reply = asking.ask(messages, Asking.TOOLS);

        assertThat(reply.parts()).isNotEmpty();
        String said = asking.deltas.stream()
                .map(delta -> ((ModelDelta.Text) delta).text())
                .collect(Collectors.joining());
        assertThat(said).isEqualTo(reply.message().text());
    }

    private static String anything(Random random) {
        StringBuilder text = new StringBuilder();
        String[] words = {
            "list",
            "read",
            "write",
            "remember",
            "what",
            "is",
            "my",
            "files",
            "in",
            "to",
            "a.txt",
            "then",
            "and",
            "'",
            "\"",
            "*.md",
            "sessions",
            "about",
            "forget",
            "copy",
            "find",
            "the",
            "first",
            "it",
            "2",
            "+",
            "(",
            "?",
            "\n"
        };
        int parts = random.nextInt(40);
        for (int i = 0; i < parts; i++) {
            switch (random.nextInt(3)) {
                case 0 -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
                case 1 -> text.append((char) random.nextInt(0x250));
                default -> text.append(' ').append(words[random.nextInt(words.length)]);
            }
        }
        return text.toString();
    }

    private static JsonNode json(String text) {
        return Json.MAPPER.readTree(text);
    }
}
