package dev.dwata.agent.provider.anthropic;

import dev.dwata.agent.provider.wire.Thoughts;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/// The messages of a request, and up to where each is cached.
///
/// Messages of the user and of tools are one role here, roles must alternate, and the user begins.
///
/// A request finds in the cache what an earlier one marked, if a mark of its own is at the same place or at
/// most 20 blocks after it (Anthropic, "Prompt caching", November 2026). So the end is marked for the next
/// request, the end of the request before for this one, and where this turn and the one before it began for
/// when their thinking is no longer sent.
final class Conversation {
    private static final String OPENING = "[the beginning of this conversation is left out]";
    private static final int MARKS = 3;

    private final List<Turn> turns = new ArrayList<>();
    private final Set<Turn> marked = new HashSet<>();

    Conversation(List<Message> messages) {
        int start = Thoughts.turnStart(messages);
        int before = Thoughts.turnStart(messages.subList(0, start));
        Turn startsAt = null;
        Turn startedAt = null;
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i).role() == Role.SYSTEM) {
                continue;
            }
            Turn turn = add(messages.get(i), i >= start);
            startsAt = i == start ? turn : startsAt;
            startedAt = i == before ? turn : startedAt;
        }
        turns.removeIf(Turn::isEmpty);
        if (!turns.isEmpty() && turns.getFirst().assistant()) {
            turns.addFirst(new Turn(false));
            turns.getFirst().add(List.of(new Part.Text(OPENING)), false);
        }
        mark(turns.size() - 1);
        mark(turns.indexOf(startsAt));
        mark(turns.size() - 3);
        mark(turns.indexOf(startedAt));
    }

    void write(JsonGenerator out) {
        out.writeArrayPropertyStart("messages");
        for (Turn turn : turns) {
            turn.write(out, marked.contains(turn));
        }
        out.writeEndArray();
    }

    private Turn add(Message message, boolean withThinking) {
        boolean assistant = message.role() == Role.ASSISTANT;
        if (!turns.isEmpty() && turns.getLast().isEmpty()) {
            turns.removeLast();
        }
        if (turns.isEmpty() || turns.getLast().assistant() != assistant) {
            turns.add(new Turn(assistant));
        }
        turns.getLast().add(message.parts(), withThinking);
        return turns.getLast();
    }

    private void mark(int index) {
        if (index >= 0 && marked.size() < MARKS && !turns.get(index).assistant()) {
            marked.add(turns.get(index));
        }
    }
}
