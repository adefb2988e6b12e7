package dev.dwata.agent.store;

import dev.dwata.types.AgentException;

/// Everything that outlives a process. One object, because an entry of a session's log and what follows from it
/// (the message, the run, the tool call, the list of sessions) must be stored together or not at all.
///
/// All parts may be used from many threads. Failures of the storage itself are [AgentException]s with
/// `StorageFull`, `StorageBusy` or `Internal`.
public interface Store extends AutoCloseable {
    SessionLog log();

    Sessions sessions();

    Runs runs();

    Memory memory();

    Attachments attachments();

    Budgets budgets();

    Usage usage();

    Inputs inputs();

    PolicyRules rules();

    Audit audit();

    Children children();

    Processes processes();

    Items items();

    Streams streams();

    StreamSubscriptions streamSubscriptions();

    Tokens tokens();

    /// Asks the storage a real question, and whether it takes what is written. Reads may work when this fails,
    /// and it may work again by itself.
    ///
    /// @throws AgentException if it does not answer, or what was written last could not be stored, with the
    ///                        reason
    void check();

    /// Stores what was appended so far, then lets go of everything. A second call does nothing.
    @Override
    void close();
}
