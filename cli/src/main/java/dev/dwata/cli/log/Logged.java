package dev.dwata.cli.log;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;

/// What a logger was told, with the arguments put into the message.
///
/// @param fields as they were given, beside the message
record Logged(
        Level level,
        String logger,
        String message,
        List<KeyValuePair> fields,
        @Nullable Throwable error) {}
