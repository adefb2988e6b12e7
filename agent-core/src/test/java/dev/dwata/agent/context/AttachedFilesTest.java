package dev.dwata.agent.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.model.Ability;
import dev.dwata.agent.model.Model;
import dev.dwata.agent.model.ModelFacts;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.store.Attachment;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Principal;
import dev.dwata.types.Role;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a model is sent of the files that messages refer to.
class AttachedFilesTest {
    private final InMemoryStore store = new InMemoryStore();
    private final ScriptedModel script = new ScriptedModel();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aModelThatIsKnownNotToSeeImagesIsOnlyToldOfThem() throws Exception {
        Attachment image = put("GIF89a".getBytes(StandardCharsets.UTF_8), "image/gif");
        Attachment document = put("%PDF-1.7".getBytes(StandardCharsets.UTF_8), "application/pdf");

        assertThat(sent(Set.of(Ability.TOOLS), image.part(), document.part()))
                .containsExactly(image.part(), document.part());
        assertThat(sent(Set.of(Ability.TOOLS, Ability.DOCUMENTS), image.part(), document.part()))
                .containsExactly(
                        image.part(),
                        new Part.File("data:application/pdf;base64,JVBERi0xLjc=", "application/pdf", "f.x"));
        assertThat(sent(Set.of(), image.part()))
                .containsExactly(new Part.Image("data:image/gif;base64,R0lGODlh", "image/gif"));
    }

    @Test
    void aLongTextIsCutBetweenCharacters() throws Exception {
        int most = 256 << 10;
        for (String last : List.of("\u00FC", "\u20AC", "\uD83E\uDD84")) {
            int bytes = last.getBytes(StandardCharsets.UTF_8).length;
            for (int inside = 0; inside <= bytes; inside++) {
                String text = "a".repeat(most - inside) + last + "the end";
                int whole = inside == bytes ? most : most - inside;

                Part.Text said = (Part.Text)
                        sent(Set.of(), put(utf8(text), "text/plain").part()).getFirst();

                assertThat(said.text())
                        .isEqualTo("\n\n[the file f.x, text/plain]\n"
                                + "a".repeat(most - inside) + (inside == bytes ? last : "")
                                + "\n[the file goes on: these are the first " + whole + " of " + utf8(text).length
                                + " bytes]");
            }
        }
    }

    @Test // guarantees 4.9
    void aTextThatIsNotUtf8IsReadAsFarAsItIs() throws Exception {
        byte[] latin = {'g', 'r', (byte) 0xFC, 'n'};

        assertThat(sent(Set.of(), put(latin, "text/plain").part()))
                .containsExactly(new Part.Text("\n\n[the file f.x, text/plain]\ngr\uFFFDn"));
    }

    @Test
    void aRequestTakesTheNewestFilesUpToWhatOneMayHave() throws Exception {
        Attachment first = big('1');
        Attachment second = big('2');
        Attachment third = big('3');
        List<Message> messages = List.of(
                new Message(Role.USER, List.of(new Part.Text("one"), first.part())),
                Message.assistant("seen"),
                new Message(Role.USER, List.of(second.part(), third.part())));

        List<Part> parts = new ArrayList<>();
        ask(Set.of(), messages).forEach(message -> parts.addAll(message.parts()));

        assertThat(parts.get(1)).isEqualTo(first.part());
        assertThat(((Part.Image) parts.get(3)).uri()).startsWith("data:image/gif;base64,");
        assertThat(((Part.Image) parts.get(4)).uri()).startsWith("data:image/gif;base64,");
    }

    @Test
    void whatIsGoneOrAnothersIsOnlyToldOf() throws Exception {
        Part gone = new Part.Image("attachment:" + "0".repeat(64), "image/png");
        Part theirs = store.attachments()
                .put(new Principal("somebody@else"), new ByteArrayInputStream(utf8("secret")), "text/plain", "s")
                .part();

        assertThat(sent(Set.of(), gone, theirs)).containsExactly(gone, theirs);
    }

    private Attachment big(char mark) throws Exception {
        byte[] bytes = new byte[10 << 20];
        Arrays.fill(bytes, (byte) mark);
        System.arraycopy(utf8("GIF89a"), 0, bytes, 0, 6);
        return put(bytes, "image/gif");
    }

    private Attachment put(byte[] bytes, String mediaType) throws Exception {
        return store.attachments().put(Principal.LOCAL, new ByteArrayInputStream(bytes), mediaType, "f.x");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<Part> sent(Set<Ability> abilities, Part... parts) throws Exception {
        return ask(abilities, List.of(new Message(Role.USER, List.of(parts))))
                .getFirst()
                .parts();
    }

    private List<Message> ask(Set<Ability> abilities, List<Message> messages) throws Exception {
        script.says("ok");
        Model model = new Model("scripted", "script", script, new ModelFacts(null, null, null, abilities));
        AttachedFiles.sentTo(model, store.attachments(), Principal.LOCAL).client().stream(
                new ModelRequest("script", null, messages, List.of(), null), delta -> {});
        return script.requests().getLast().messages();
    }
}
