package dev.dwata.agent.context;

import dev.dwata.types.Message;
import dev.dwata.types.RunId;
import dev.dwata.types.StoredMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which of a session's stored messages a model is shown, and in which order. What they hold stays as it was
/// stored; the [Normaliser] makes it fit for a provider.
public final class Conversation {
    private Conversation() {}

    /// The conversation up to and including what was stored for `run`, without partial messages.
    ///
    /// A message may have been taken while an earlier run was still going on, so the order of the log is not
    /// the order of the conversation: runs follow each other in the order in which they were admitted.
    ///
    /// @param transcript all messages in the order of the log
    public static List<Message> upTo(RunId run, List<StoredMessage> transcript) {
        List<Message> conversation = new ArrayList<>(transcript.size());
        for (Map.Entry<String, List<StoredMessage>> ofOneRun : byRun(transcript).entrySet()) {
            for (StoredMessage stored : ofOneRun.getValue()) {
                if (!stored.partial()) {
                    conversation.add(stored.message());
                }
            }
            if (ofOneRun.getKey().equals(run.value())) {
                break;
            }
        }
        return conversation;
    }

    /// A message without a run stands for itself.
    private static Map<String, List<StoredMessage>> byRun(List<StoredMessage> transcript) {
        Map<String, List<StoredMessage>> byRun = new LinkedHashMap<>();
        for (StoredMessage message : transcript) {
            RunId run = message.runId();
            byRun.computeIfAbsent(run == null ? message.id().value() : run.value(), key -> new ArrayList<>())
                    .add(message);
        }
        return byRun;
    }
}
