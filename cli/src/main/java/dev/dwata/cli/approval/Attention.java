package dev.dwata.cli.approval;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// How a command wants its person to be asked.
///
/// @param clientId    what this client calls itself: the runs of its own messages are its own
/// @param mayAsk      whether the person is to be asked now, or told how to answer later
/// @param notices     takes sentences that the person should know
/// @param interrupted called when Ctrl+C was pressed at a question, unless the process hears of that otherwise
public record Attention(String clientId, BooleanSupplier mayAsk, Consumer<String> notices, Runnable interrupted) {}
