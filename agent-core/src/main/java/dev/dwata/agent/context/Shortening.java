package dev.dwata.agent.context;

import dev.dwata.agent.model.DeltaSink;
import dev.dwata.agent.model.Model;
import dev.dwata.types.AgentEvent.ContextCompacted;
import org.jspecify.annotations.Nullable;

/// What a conversation is shortened with.
///
/// @param window tokens that the run's model can take; absent where that is not known: then it is shortened
///               only when the provider refuses it
/// @param writer of the summaries
/// @param told   of each shortening, before it is used
/// @param asides takes what goes wrong with a summary
public record Shortening(Compaction settings, @Nullable Integer window, Model writer, Listener told, DeltaSink asides) {

    /// What it throws ends the asking.
    @FunctionalInterface
    public interface Listener {
        void shortened(ContextCompacted how) throws InterruptedException;
    }

    boolean isFull(long tokens) {
        return window != null && tokens > settings.full(window);
    }
}
