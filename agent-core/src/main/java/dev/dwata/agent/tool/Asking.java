package dev.dwata.agent.tool;

import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.InputDecision;
import dev.dwata.types.InputId;
import dev.dwata.types.InputKind;
import dev.dwata.types.InputQuestion;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Asks the people and clients of a session, from within a tool call, and waits for the first answer.
@FunctionalInterface
public interface Asking {

    /// Nobody is there.
    Asking NOBODY = what -> InputResolved.unanswered(InputId.create(), InputDecision.EXPIRED, "nobody can be asked");

    /// Asks, and waits. The request is durable: where the process ends meanwhile, and the tool is one that may
    /// run again, its next call finds the first request it made before, or its answer, then the second, and so
    /// on; so a tool asks the same in the same order.
    ///
    /// @return what became of it: `ANSWERED`, `FAILED` or `REJECT`, `EXPIRED`, `CANCELLED`
    InputResolved ask(Ask what) throws InterruptedException;

    /// What is wanted.
    ///
    /// @param reason    one sentence for people; absent where the questions say all
    /// @param questions for a person; empty where there is a form, or a client is to run its tool
    /// @param form      JSON Schema of the object that is wanted; absent where there is none
    /// @param patience  how long to wait, 1 s to 24 h
    /// @param target    the client that is meant; absent: any
    record Ask(
            InputKind kind,
            @Nullable String reason,
            List<InputQuestion> questions,
            @Nullable JsonNode form,
            Duration patience,
            @Nullable String target) {
        public static final Duration FOR_A_PERSON = Duration.ofMinutes(5);
        public static final Duration FOR_A_CLIENT = Duration.ofSeconds(30);

        public Ask {
            questions = List.copyOf(questions);
            if (patience.compareTo(Duration.ofSeconds(1)) < 0 || patience.compareTo(Duration.ofDays(1)) > 0) {
                throw new IllegalArgumentException("an answer is waited for 1 s to 24 h, not " + patience);
            }
        }

        public static Ask questions(List<InputQuestion> questions) {
            return new Ask(InputKind.QUESTION, null, questions, null, FOR_A_PERSON, null);
        }

        public static Ask form(String reason, JsonNode schema) {
            return new Ask(InputKind.QUESTION, reason, List.of(), schema, FOR_A_PERSON, null);
        }
    }
}
