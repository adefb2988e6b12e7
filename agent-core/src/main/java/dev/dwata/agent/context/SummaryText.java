package dev.dwata.agent.context;

import dev.dwata.agent.store.Summary;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The texts around a summary.
final class SummaryText {
    private static final String REQUEST = "\n\n## Request that is being worked on, word for word\n";
    private static final int LONGEST_REQUEST = 8_000;

    private SummaryText() {}

    /// The message that stands for what was summarised.
    static Message message(Summary summary) {
        StringBuilder text = new StringBuilder("The conversation before this is summarised here:\n\n<summary>\n");
        text.append(summary.text()).append("\n</summary>");
        list(text, "Files read so far", summary.filesRead());
        list(text, "Files changed so far", summary.filesChanged());
        return new Message(Role.USER, List.of(new Part.Text(text.toString())));
    }

    /// `summary` with the request that the rest of the conversation works on: where the cut goes through a run,
    /// the message that asked for it is among what was dropped.
    static String withRequest(String summary, List<Message> dropped, @Nullable Summary earlier) {
        String request = null;
        for (Message message : dropped) {
            if (message.role() == Role.USER && !message.text().isBlank()) {
                request = Excerpt.of(message.text(), LONGEST_REQUEST);
            }
        }
        if (request == null && earlier != null && earlier.text().contains(REQUEST)) {
            request = earlier.text().substring(earlier.text().lastIndexOf(REQUEST) + REQUEST.length());
        }
        return request == null ? summary : summary + REQUEST + request;
    }

    private static void list(StringBuilder text, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append("\n\n").append(title).append(": ").append(String.join(", ", lines));
        }
    }
}
