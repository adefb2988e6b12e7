package dev.dwata.agent.store;

import dev.dwata.types.AgentException;
import dev.dwata.types.Principal;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/// Images and files that messages refer to. The same bytes are stored once, however often and by whomever they
/// are given; but nobody learns of what only others have given.
///
/// A message that refers to an attachment is refused by [SessionLog#admit] where its owner has none of that id.
/// What no message refers to any more goes with the session that was the last to; what never was in a message
/// goes with [#sweep].
public interface Attachments {
    /// The most bytes that one may have.
    long MAX_BYTES = 25L << 20;

    /// Stores what the stream gives, without ever holding all of it. When it returns, the bytes would survive a
    /// loss of power. Giving the same bytes again gives the same id, with the media type and the name of now.
    ///
    /// @param bytes     read to its end, or to one byte beyond [#MAX_BYTES]; not closed
    /// @param mediaType as [MediaTypes] allows; parameters are dropped
    /// @param name      of the file; folders in it are dropped
    /// @throws IOException    if the stream cannot be read
    /// @throws AgentException with `Unsupported` for another media type, or for bytes that are not of the type;
    ///                        `TooLarge`; `InvalidRequest` where there is nothing in it
    Attachment put(Principal owner, InputStream bytes, String mediaType, String name) throws IOException;

    /// @return absent where the owner has none of that id
    Optional<Attachment> find(Principal owner, String id);

    /// Its bytes, to be closed by the caller.
    ///
    /// @throws AgentException with `NotFound` where the owner has none of that id, or its bytes are gone
    InputStream open(Principal owner, String id);

    /// Removes what no message refers to and was stored before a time.
    ///
    /// @return how many were removed
    int sweep(Instant storedBefore);
}
