package dev.dwata.agent.store;

import java.util.List;

/// What a model is shown in place of the beginning of a conversation.
///
/// @param filesRead    by their paths, since the session began
/// @param filesChanged written, moved or deleted
/// @param openTasks    what is still to be done, a line each
/// @param seq          the entry of the log that holds it; 0 while none does
public record Summary(
        String text, List<String> filesRead, List<String> filesChanged, List<String> openTasks, long seq) {
    public Summary {
        filesRead = List.copyOf(filesRead);
        filesChanged = List.copyOf(filesChanged);
        openTasks = List.copyOf(openTasks);
    }
}
