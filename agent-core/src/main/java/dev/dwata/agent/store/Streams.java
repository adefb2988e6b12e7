package dev.dwata.agent.store;

import dev.dwata.types.AgentException;
import dev.dwata.types.Principal;
import java.util.List;
import java.util.Optional;

/// Byte streams that clients write and read: append-only, each with one content type, from its creation to
/// its deletion or expiry. What is decided about an append (is the stream closed, is it the producer's turn)
/// is decided in the transaction that stores it. A position is a number of bytes from the beginning; it never
/// comes to mean anything else.
public interface Streams {
    /// Of one owner, those included that are kept for their forks.
    int MOST_STREAMS = 20_000;

    /// Of one stream. Those that were silent for a week make room for new ones.
    int MOST_PRODUCERS = 10_000;

    /// How many streams a fork may be made of.
    int DEEPEST_FORK = 32;

    /// In characters.
    int LONGEST_PATH = 1_024;

    /// Which stream. The same path is another stream for another owner.
    ///
    /// @param path without a slash at its beginning
    record Name(Principal owner, String path) {}

    /// What one append brought.
    ///
    /// @param end     the position after it
    /// @param content not to be changed
    @SuppressWarnings("ArrayRecordComponent") // none is compared with another
    record Chunk(long end, byte[] content) {}

    /// @param stream as it was when this was read
    /// @param chunks oldest first
    record Page(StreamInfo stream, List<Chunk> chunks) {
        public Page {
            chunks = List.copyOf(chunks);
        }

        /// Where to read on.
        ///
        /// @param after where this was read from
        public long next(long after) {
            return chunks.isEmpty()
                    ? Math.min(after, stream.tail())
                    : chunks.getLast().end();
        }
    }

    /// Makes a stream, with a content if one is given. Returns when it would survive a loss of power. One
    /// that is there in the same shape stays as it is.
    ///
    /// @param first of it only content and problem count
    /// @throws AgentException if it could not be stored
    StreamOutcome create(Name name, StreamConfig config, StreamAppend first);

    /// Appends, or closes, or both. Returns when it would survive a loss of power.
    ///
    /// @throws AgentException if it could not be stored
    StreamOutcome append(Name name, StreamAppend append);

    /// @return absent: there is none, or not any more; one that is only kept for its forks is
    ///         [StreamInfo#deleted]
    Optional<StreamInfo> find(Name name);

    /// Reads a page, and lets a stream with a time to live begin it anew.
    ///
    /// @param after     what begins there or later is wanted; an append that lies over it is read whole
    /// @param mostBytes no further append is read when there is so much
    /// @return absent as in [#find]; nothing is read of a deleted one
    Optional<Page> read(Name name, long after, int mostBytes);

    /// One that has forks stays for them, and for nobody else.
    ///
    /// @return what there was, as it was; absent if there was nothing
    Optional<StreamInfo> delete(Name name);

    /// Those of an owner that are not deleted, by path.
    List<StreamInfo> list(Principal owner, int limit);

    /// Takes away what has expired.
    ///
    /// @return how many; fewer than `most` where no more are left
    int sweep(int most);

    /// Calls `listener` from now on.
    void listen(Listener listener);

    /// Hears what was committed.
    interface Listener {
        /// Called after the commit; must not block.
        void changed(Name name);

        /// Another process may have changed any of the streams.
        void changedElsewhere();
    }
}
