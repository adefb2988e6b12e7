package dev.dwata.agent.provider.offline;

import dev.dwata.agent.store.DateFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What somebody wants.
sealed interface Intent {

    /// @param path absent: the workspace itself
    record ListFolder(@Nullable String path, int depth) implements Intent {}

    record CountFiles(@Nullable String path) implements Intent {}

    /// See what is in something that may be a file or a folder.
    record Look(String path) implements Intent {}

    record Read(List<Target> targets) implements Intent {}

    record CountLines(Target target) implements Intent {}

    /// @param path the folder to look in; absent: everywhere
    record Find(String pattern, @Nullable String path) implements Intent {}

    record Write(Target target, String content) implements Intent {}

    record Copy(Target from, String to) implements Intent {}

    record Remember(String key, String value) implements Intent {}

    /// @param sure whether it is surely memory that was asked for, and not the world
    record Recall(String key, boolean sure) implements Intent {}

    record RecallAll() implements Intent {}

    record Forget(String key) implements Intent {}

    record ForgetAll() implements Intent {}

    record ListSessions() implements Intent {}

    record SearchSessions(@Nullable String query, @Nullable DateFilter days) implements Intent {}

    record ShowSession(String id) implements Intent {}

    record Calculate(String expression) implements Intent {}

    record Talk(Topic topic) implements Intent {}

    record Unknown(String said) implements Intent {}

    enum Topic {
        HELLO,
        THANKS,
        BYE,
        HELP,
        WHO_ARE_YOU,
        TIME,
        DATE,
        PREVIOUS_QUESTION,
        FIRST_QUESTION,
        PREVIOUS_ANSWER
    }
}
