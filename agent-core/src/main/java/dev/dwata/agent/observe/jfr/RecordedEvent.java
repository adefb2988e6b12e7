package dev.dwata.agent.observe.jfr;

import dev.dwata.agent.observe.Observed;
import jdk.jfr.Event;
import jdk.jfr.Label;
import org.jspecify.annotations.Nullable;

/// What all events say.
abstract class RecordedEvent extends Event {
    @Label("Session")
    @Nullable
    String session;

    @Label("Run")
    @Nullable
    String run;

    @Label("Agent")
    @Nullable
    String agent;

    /// `done`, `stopped`, or the code of an error.
    @Label("Outcome")
    @Nullable
    String outcome;

    void at(Observed.Place place) {
        session = place.session().value();
        run = place.run().value();
        agent = place.agent();
    }
}
