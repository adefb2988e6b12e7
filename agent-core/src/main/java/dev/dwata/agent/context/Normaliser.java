package dev.dwata.agent.context;

import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes any conversation one that a strict provider takes, whatever a crash, another program or a model left
/// in it. Without that, one bad message makes a session unusable for good.
///
///     legal = System* (User (User | System | Assistant | AssistantThatCalls Results)*)?
///
/// - `Results` is one message of the role tool: a result for each call of the message before it, in the order
///   of the calls. A missing one is made up, a failure that says so; of several the first counts. A result that
///   no call asked for becomes text of the user, as does whatever else a tool's message holds.
/// - Ids of calls are 1 to 64 of `A-Z a-z 0-9 _ -` and occur once; a call that has no such id gets one, and its
///   result follows. Names of tools are letters, digits, `_`, `-` and dots.
/// - Arguments are objects. Others become `{}`, and the call's result quotes them unless it has one already.
/// - No text is blank and no message empty. No text holds NUL or half a surrogate pair, nor does any JSON.
///
/// What is made of a message depends on those before it and, for its results, on those up to the next message
/// that calls with the same id; so a conversation that grows keeps its beginning, which providers cache.
public final class Normaliser {
    private final List<Message> legal;
    private final List<Answers> answers = new ArrayList<>();
    /// The latest message that called with an id, by the id as it was given.
    private final Map<String, Answers> byGivenId = new HashMap<>();

    private final Labels labels = new Labels();
    private boolean begun;

    private Normaliser(int expected) {
        legal = new ArrayList<>(expected);
    }

    /// `messages` made legal: the same list if it was so already, else a new one that shares the messages that
    /// were. Neither the list nor anything in it is changed.
    public static List<Message> normalise(List<Message> messages) {
        Normaliser normaliser = new Normaliser(messages.size());
        messages.forEach(normaliser::add);
        normaliser.answers.forEach(answers -> normaliser.legal.set(answers.place(), answers.message()));
        return Same.elements(messages, normaliser.legal) ? messages : List.copyOf(normaliser.legal);
    }

    private void add(Message message) {
        Role role = message.role();
        if (!begun && (role == Role.ASSISTANT || role == Role.TOOL)) {
            return;
        }
        List<Part> own = new ArrayList<>(message.parts().size());
        List<Part> fromUser = role == Role.USER ? own : new ArrayList<>(0);
        List<Part> others = role == Role.TOOL ? fromUser : own;
        Answers asked = new Answers(legal.size() + 1);
        for (Part part : message.parts()) {
            switch (CleanPart.of(part)) {
                case Part.ToolCall call -> {
                    if (role == Role.ASSISTANT) {
                        own.add(asked.ask(call, labels));
                        byGivenId.put(call.id(), asked);
                    }
                }
                case Part.ToolResult result -> {
                    Answers asking = byGivenId.get(result.toolCallId());
                    if (asking == null) {
                        fromUser.add(Answers.unasked(result));
                    } else {
                        asking.give(result, message);
                    }
                }
                case Part.Reasoning thought -> {
                    if (role == Role.ASSISTANT && (!thought.text().isBlank() || thought.signature() != null)) {
                        own.add(thought);
                    }
                }
                case Part.Text said -> {
                    if (!said.text().isBlank()) {
                        others.add(said);
                    }
                }
                case Part.Image image -> others.add(image);
                case Part.File file -> others.add(file);
                case Part.Unknown unknown -> others.add(unknown);
            }
        }
        put(message, own, asked, fromUser);
    }

    private void put(Message message, List<Part> own, Answers asked, List<Part> fromUser) {
        if (!own.isEmpty()) {
            legal.add(Same.elements(message.parts(), own) ? message : new Message(message.role(), own));
            begun |= message.role() == Role.USER;
        }
        if (!asked.isEmpty()) {
            legal.add(message);
            answers.add(asked);
        }
        if (message.role() != Role.USER && !fromUser.isEmpty()) {
            legal.add(new Message(Role.USER, fromUser));
            begun = true;
        }
    }
}
