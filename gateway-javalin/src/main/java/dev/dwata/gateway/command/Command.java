package dev.dwata.gateway.command;

/// One slash command.
interface Command {
    /// Without the slash.
    String name();

    /// How it is written, for example `/history [n]`.
    String usage();

    /// What it does, in a few words.
    String summary();

    /// Does it.
    ///
    /// @throws BadUse if it was not written as it should be
    CommandReply run(CommandCall call);
}
