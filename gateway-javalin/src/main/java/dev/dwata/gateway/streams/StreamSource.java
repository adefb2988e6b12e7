package dev.dwata.gateway.streams;

import dev.dwata.types.AgentException;

/// Something that is read as a stream.
interface StreamSource {
    /// What tells its readers' [Wakes] apart from others'.
    Object key();

    /// @param after a position
    /// @throws StreamAnswer if there is none, or not any more
    /// @throws AgentException if it cannot be read
    Slice read(long after);

    /// Where it ends; reading nothing of it counts as a read.
    ///
    /// @throws StreamAnswer as [#read]
    Slice end();
}
