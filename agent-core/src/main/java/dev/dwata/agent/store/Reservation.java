package dev.dwata.agent.store;

/// What came of asking for something to be set aside.
public sealed interface Reservation {
    record Granted() implements Reservation {}

    /// It does not fit under a ceiling.
    ///
    /// @param balance what there was then, of the ceiling's scope
    record Refused(Ceiling ceiling, Balance balance) implements Reservation {
        /// Whether it would fit if nothing were set aside for others.
        public boolean mayPass(Amount wanted) {
            Measure measure = ceiling.measure();
            return balance.spent().of(measure) + wanted.of(measure) <= ceiling.most();
        }
    }
}
