package dev.dwata.agent.context;

import dev.dwata.types.RunId;
import dev.dwata.types.StoredMessage;
import java.util.ArrayList;
import java.util.List;

/// Which of a session's stored messages a model is shown, and in which order. What they hold stays as it was
/// stored; the [Normaliser] makes it fit for a provider.
public final class Conversation {
    private Conversation() {}

    /// The conversation up to and including what was stored for `run`, without partial messages.
    ///
    /// @param transcript in the order of the conversation: see [dev.dwata.agent.store.Transcript]
    public static List<StoredMessage> upTo(RunId run, List<StoredMessage> transcript) {
        List<StoredMessage> conversation = new ArrayList<>(transcript.size());
        boolean own = false;
        for (StoredMessage message : transcript) {
            boolean ofRun = run.equals(message.runId());
            if (own && !ofRun) {
                break;
            }
            own = ofRun;
            if (!message.partial()) {
                conversation.add(message);
            }
        }
        return conversation;
    }
}
