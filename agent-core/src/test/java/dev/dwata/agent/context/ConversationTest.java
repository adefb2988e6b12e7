package dev.dwata.agent.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.types.Message;
import dev.dwata.types.MessageId;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import dev.dwata.types.StoredMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private final SessionId session = SessionId.create();
    private final RunId first = RunId.create();
    private final RunId second = RunId.create();
    private final List<StoredMessage> transcript = new ArrayList<>();

    @Test
    void endsWithTheRunItIsFor() {
        store(first, Role.USER, "one?", false);
        store(second, Role.USER, "two?", false);

        assertThat(upTo(first, transcript)).containsExactly(Message.user("one?"));
    }

    @Test
    void leavesOutWhatWasCutOff() {
        store(first, Role.USER, "one?", false);
        store(first, Role.ASSISTANT, "On", true);
        store(second, Role.USER, "two?", false);

        assertThat(upTo(second, transcript)).containsExactly(Message.user("one?"), Message.user("two?"));
    }

    @Test
    void keepsWhatBelongsToNoRunInItsPlace() {
        store(first, Role.USER, "one?", false);
        store(null, Role.SYSTEM, "A note.", false);
        store(second, Role.USER, "two?", false);

        assertThat(upTo(second, transcript))
                .containsExactly(
                        Message.user("one?"),
                        new Message(Role.SYSTEM, List.of(new Part.Text("A note."))),
                        Message.user("two?"));
    }

    private List<Message> upTo(RunId run, List<StoredMessage> all) {
        return Conversation.upTo(run, all).stream().map(StoredMessage::message).toList();
    }

    private void store(@Nullable RunId run, Role role, String text, boolean partial) {
        transcript.add(new StoredMessage(
                MessageId.create(),
                session,
                run,
                transcript.size() + 1L,
                role,
                List.of(new Part.Text(text)),
                Instant.EPOCH,
                partial));
    }
}
