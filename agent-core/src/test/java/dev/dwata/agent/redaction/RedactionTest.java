package dev.dwata.agent.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.Json;
import dev.dwata.types.MessageId;
import dev.dwata.types.Part;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// P17: what is secret is not in what is stored and shown.
class RedactionTest {
    private static final String SECRET = "canary-7Qx2Lm9Zr4";

    private final Redaction redaction = Redaction.of(List.of(SECRET));

    @Test
    void replacesWhatIsKnownByItsValueWhereverItStands() {
        assertThat(redaction.text("key=" + SECRET + "&x, again" + SECRET))
                .isEqualTo("key=[redacted]&x, again[redacted]");
    }

    @Test
    void leavesATextWithoutSecretsAsTheSameObject() {
        String text = "a task-list of kebab-case-words, a desk-lamp, a basket and Bearer of news: sk- AKIA";
        JsonNode tree = Json.MAPPER.readTree("{\"a\":[1,{\"b\":\"c\"}],\"d\":null}");

        assertThat(redaction.text(text)).isSameAs(text);
        assertThat(redaction.json(tree)).isSameAs(tree);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-abcdefghijklmnopqrstuvwx",
                "sk-proj-Ab1_cdefghijklmnop-qrst",
                "sk-ant-api03-abcdefghijklmnopqrstuvwxyz-_AA",
                "gsk_abcdefghijklmnopqrstuvwxyz0123",
                "AIzaSyA1234567890abcdefghijklmnopqrstuv",
                "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
                "github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz",
                "xoxb-123456789012-abcdefghijkl",
                "AKIAIOSFODNN7EXAMPLE"
            })
    void replacesWhatLooksLikeAKey(String key) {
        assertThat(redaction.text("It is '" + key + "', said he.")).isEqualTo("It is '[redacted]', said he.");
        assertThat(redaction.text("{\"a\":\"x\\n" + key + "\"}")).isEqualTo("{\"a\":\"x\\n[redacted]\"}");
    }

    @Test
    void replacesBearerTokensAndPrivateKeys() {
        String key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow+/abc==\nMore1234\n-----END RSA PRIVATE KEY-----";

        assertThat(redaction.text("Authorization: Bearer abc.DEF-123_456~789+/0=="))
                .isEqualTo("Authorization: Bearer [redacted]");
        assertThat(redaction.text("<" + key + "> and (" + key.replace("\n", "\\n") + ")"))
                .isEqualTo("<[redacted]> and ([redacted])");
        assertThat(redaction.text("if (line.equals(\"-----BEGIN PRIVATE KEY-----\")) { parse(); }"))
                .isEqualTo("if (line.equals(\"[redacted]\")) { parse(); }");
    }

    @Test
    void hidesSecretsThatContainOrOverlapEachOtherWhole() {
        Redaction several = Redaction.of(List.of("abcdefgh", "abcdefghijkl", "ghijklmnop"));

        assertThat(several.text("<abcdefghijkl>")).isEqualTo("<[redacted]>");
        assertThat(several.text("<abcdefghijklmnop>")).isEqualTo("<[redacted]>");
        assertThat(several.text("<abcdefghijk>")).isEqualTo("<[redacted]ijk>");
        assertThat(several.text("<abcdefg>")).isEqualTo("<abcdefg>");
    }

    @Test
    void ignoresWhatIsTooShortToBeASecret() {
        assertThat(Redaction.of(List.of("seven77", "")).text("seven77 is fine")).isEqualTo("seven77 is fine");
    }

    @Test
    void findsASecretCutAnywhere() {
        String text = "so sk-abcdefghijklmnopqrstuvwx is, " + SECRET + " too, x" + SECRET + SECRET
                + "; Bearer abcdefghijklmnopqrstuvwxyz!\n-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----s";
        String expected = redaction.text(text);
        assertThat(expected)
                .isEqualTo("so [redacted] is, [redacted] too, x[redacted]; Bearer [redacted]!\n[redacted]s");

        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            Pieces pieces = Objects.requireNonNull(redaction.pieces());
            StringBuilder shown = new StringBuilder();
            for (int at = 0; at < text.length(); ) {
                int end = Math.min(text.length(), at + 1 + random.nextInt(round % 2 == 0 ? 3 : 40));
                shown.append(pieces.accept(text.substring(at, end)));
                at = end;
            }
            assertThat(shown.append(pieces.flush())).hasToString(expected);
        }
    }

    @Test
    void holdsBackOnlyWhatMayBeTheBeginningOfASecret() {
        Pieces pieces = Objects.requireNonNull(redaction.pieces());

        assertThat(pieces.accept("files")).isEqualTo("files");
        assertThat(pieces.accept(" and")).isEqualTo(" and");
        assertThat(pieces.accept(" cana")).isEqualTo(" ");
        assertThat(pieces.accept("ries")).isEqualTo("canaries");
        assertThat(pieces.accept(" canary-7Q")).isEqualTo(" ");
        assertThat(pieces.flush()).isEqualTo("canary-7Q");
    }

    @Test
    void replacesInEveryFieldOfAnEventAndKeepsTheRest() {
        JsonNode tree = Json.MAPPER.readTree("{\"a\":[\"x " + SECRET + "\"],\"" + SECRET + "\":1,\"n\":2}");
        JsonNode clean = Json.MAPPER.readTree("{\"a\":[\"x [redacted]\"],\"[redacted]\":1,\"n\":2}");
        MessageId id = MessageId.create();
        List<Part> parts = List.of(
                new Part.Reasoning("hm " + SECRET, "signed"),
                new Part.Reasoning("fine", "signed"),
                new Part.ToolCall("1", "a.b", tree));

        assertThat(redaction.event(
                        new AgentEvent.TurnCompleted(1, id, parts, TokenUsage.ZERO, StopReason.TOOL_USE, "a/b")))
                .isEqualTo(new AgentEvent.TurnCompleted(
                        1,
                        id,
                        List.of(
                                new Part.Reasoning("hm [redacted]", null),
                                new Part.Reasoning("fine", "signed"),
                                new Part.ToolCall("1", "a.b", clean)),
                        TokenUsage.ZERO,
                        StopReason.TOOL_USE,
                        "a/b"));
        assertThat(redaction.event(new AgentEvent.ToolReturned("1", "a.b", false, tree, "no " + SECRET, 7)))
                .isEqualTo(new AgentEvent.ToolReturned("1", "a.b", false, clean, "no [redacted]", 7));
        assertThat(redaction.error(new AgentError.ModelUnavailable("bad " + SECRET, Duration.ofSeconds(3))))
                .isEqualTo(new AgentError.ModelUnavailable("bad [redacted]", Duration.ofSeconds(3)));
        assertThat(redaction.error(new AgentError.ModelRejected(SECRET, 401)))
                .isEqualTo(new AgentError.ModelRejected("[redacted]", 401));
    }

    @Test
    void knowsTheKeysAndPasswordsOfTheEnvironment() {
        Redaction known = Redaction.ofEnvironment(
                Map.of(
                        "GROQ_API_KEY", "groq-value-1",
                        "DWATA_TOKEN", "token-value-2",
                        "MY_PROVIDER", "named-value-3",
                        "OPENAI_BASE_URL", "https://me:pass-word-4@example.org/v1",
                        "VLLM_KEY", "long-enough-value-5",
                        "SSH_KEY", "/home/ada/.ssh/id_ed25519",
                        "EDITOR", "emacsclient"),
                List.of("MY_PROVIDER"));

        assertThat(known.text("groq-value-1 token-value-2 named-value-3 pass-word-4 long-enough-value-5"))
                .isEqualTo("[redacted] [redacted] [redacted] [redacted] [redacted]");
        assertThat(known.text("emacsclient /home/ada/.ssh/id_ed25519"))
                .isEqualTo("emacsclient /home/ada/.ssh/id_ed25519");
    }

    @Test
    void leavesToAPersonWhatOnlyLooksLikeASecret() {
        assertThat(redaction.knownIn("use ghp_abcdefghijklmnopqrstuvwxyz0123456789, not " + SECRET))
                .isEqualTo("use ghp_abcdefghijklmnopqrstuvwxyz0123456789, not [redacted]");
    }

    @Test
    void replacesNothingWhereItIsOff() {
        assertThat(Redaction.none().text(SECRET)).isEqualTo(SECRET);
        assertThat(Redaction.none().pieces()).isNull();
        assertThat(Redaction.none().isNone()).isTrue();
    }

    @Test
    @Timeout(20)
    void takesTimeInProportionToTheText() {
        Redaction awkward = Redaction.of(List.of("a".repeat(2_000) + "b", "aaaaaaaab"));
        String text = ("a".repeat(5_000) + "sk-" + "-----BEGIN " + "Bearer Bearer \n").repeat(800);

        assertThat(awkward.text(text).equals(text)).isTrue();
        Pieces pieces = Objects.requireNonNull(awkward.pieces());
        StringBuilder shown = new StringBuilder();
        for (int at = 0; at < 400_000; at += 4) {
            shown.append(pieces.accept(text.substring(at, at + 4)));
        }
        shown.append(pieces.flush());
        assertThat(shown.toString().equals(text.substring(0, 400_000))).isTrue();
    }
}
