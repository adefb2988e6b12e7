package dev.dwata.agent.testing;

import dev.dwata.agent.testing.CrashSimulation.Recovered;
import dev.dwata.agent.testing.CrashSimulation.Result;
import dev.dwata.types.Envelope;
import dev.dwata.types.EventCodec;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.util.List;
import java.util.stream.Collectors;

/// All the crashes of a simulation.
final class Crashes {
    private final CrashSimulation scenario;
    private int count;

    Crashes(CrashSimulation scenario) {
        this.scenario = scenario;
    }

    Result all() throws InterruptedException {
        try (SimulatedProcess process = new SimulatedProcess(scenario, new InMemoryStore(), null)) {
            Recovered undisturbed = checked(process, "without a crash");
            after(process, undisturbed, scenario.twice, "");
            return new Result(undisturbed.after(), count);
        }
    }

    /// Lets a process that is done crash after each entry that it has added.
    private void after(SimulatedProcess process, Recovered recovered, boolean again, String earlier)
            throws InterruptedException {
        SessionId session = process.session();
        int had = recovered.before().size();
        for (Envelope entry : recovered.after().subList(had, recovered.after().size())) {
            String where = earlier + "after entry " + entry.seq() + " (" + EventCodec.name(entry.event()) + ")";
            InMemoryStore left = process.store().crashedAfter(Principal.LOCAL, session, entry.seq());
            count++;
            try (SimulatedProcess next = new SimulatedProcess(scenario, left, session)) {
                Recovered carriedOn = checked(next, "a crash " + where);
                if (again) {
                    after(next, carriedOn, false, where + ", and another ");
                }
            }
        }
    }

    private Recovered checked(SimulatedProcess process, String where) throws InterruptedException {
        try {
            Recovered recovered = process.live();
            scenario.check.accept(recovered);
            return recovered;
        } catch (AssertionError | RuntimeException e) {
            List<Envelope> log = process.log();
            throw new AssertionError(
                    where + ": " + e.getMessage() + "\nThe log:\n"
                            + log.stream().map(Crashes::line).collect(Collectors.joining("\n")),
                    e);
        }
    }

    private static String line(Envelope entry) {
        return "%4d %s %s".formatted(entry.seq(), EventCodec.name(entry.event()), EventCodec.payload(entry.event()));
    }
}
