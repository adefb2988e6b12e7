package dev.dwata.agent.testing;

import dev.dwata.agent.Limits;
import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.tool.Tool;
import dev.dwata.types.Envelope;
import dev.dwata.types.InputRequest;
import dev.dwata.types.InputResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Shows that an agent survives a crash at any moment. It lets a scenario happen once without one; then, for
/// every entry that the session's log got, it makes the store that a crash right after that entry would have
/// left, opens a runtime over it, lets it recover, and has a client come back that asks everything again under
/// the same idempotency keys.
///
///     CrashSimulation.of(
///                     () -> new ScriptedModel().calls("money.pay",
///                     "{\"to\":\"Ada\"}").says("Paid.").byConversation(), "Pay Ada.")
///             .tools(() -> List.of(new Pay()))
///             .run();
///
/// After each crash these must hold, or [#run] throws an [AssertionError] that says after which entry which of
/// them did not, and shows the log:
///
/// - what was stored is still there; entries are numbered 1 to n; a reader who comes back with the number of
///   the last entry it saw gets exactly the rest
/// - each message has one run, and each run one terminal event and nothing after it
/// - every request to the model is one that the strictest provider accepts: see [LegalHistory]
/// - every tool call has one result. A result that was stored is not computed again; a call of a tool with
///   [dev.dwata.types.Effect#ONCE] that may have been carried out is not repeated, and the model is told that
///   its outcome is unknown; one that somebody has still to agree to is carried out when they do
/// - the session answers another message
///
/// It needs no files and a few milliseconds for each crash. Tools act as often as they are called, so give it
/// doubles of those that reach outside.
public final class CrashSimulation {
    final Supplier<? extends ModelClient> model;
    final List<String> messages;
    Supplier<? extends List<Tool>> tools = List::of;
    ToolPolicy policy = ToolPolicy.allowAll();
    Limits limits = Limits.DEFAULT;
    Duration patience = Duration.ofSeconds(20);
    Consumer<Recovered> check = recovered -> {};

    @Nullable
    Function<InputRequest, InputResponse> person;

    boolean atOnce;
    boolean twice;

    /// A session that has recovered.
    ///
    /// @param before what the crash has left of the log; empty where there was none
    /// @param after  the whole log when all runs were over
    public record Recovered(List<Envelope> before, List<Envelope> after) {
        public Recovered {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    /// What was simulated.
    ///
    /// @param log     of the session that never crashed
    /// @param crashes how many there were
    public record Result(List<Envelope> log, int crashes) {
        public Result {
            log = List.copyOf(log);
        }
    }

    private CrashSimulation(Supplier<? extends ModelClient> model, List<String> messages) {
        this.model = model;
        this.messages = messages;
    }

    /// @param model    makes the model anew for each process. It must answer from the conversation it is shown,
    ///                 not from how often it was asked: see [ScriptedModel#byConversation]
    /// @param messages what the user says, each when the run before is over; at least one
    public static CrashSimulation of(Supplier<? extends ModelClient> model, String... messages) {
        if (messages.length == 0) {
            throw new IllegalArgumentException("a scenario needs at least one message");
        }
        return new CrashSimulation(model, List.of(messages));
    }

    /// @param tools makes them anew for each process
    public CrashSimulation tools(Supplier<? extends List<Tool>> tools) {
        this.tools = tools;
        return this;
    }

    /// Default: [ToolPolicy#allowAll].
    public CrashSimulation policy(ToolPolicy policy) {
        this.policy = policy;
        return this;
    }

    public CrashSimulation limits(Limits limits) {
        this.limits = limits;
        return this;
    }

    /// Somebody is there who answers what runs wait for: approvals, questions, calls of clients' tools.
    /// Default: nobody.
    public CrashSimulation answers(Function<InputRequest, InputResponse> person) {
        this.person = person;
        return this;
    }

    /// How long a run may take. Default: 20 seconds.
    public CrashSimulation within(Duration patience) {
        this.patience = patience;
        return this;
    }

    /// Says all messages at once, so that runs wait for each other.
    public CrashSimulation atOnce() {
        this.atOnce = true;
        return this;
    }

    /// Lets each process that recovers crash in its turn, after every entry that it has added: the number of
    /// crashes grows with the square of the log's length.
    public CrashSimulation twice() {
        this.twice = true;
        return this;
    }

    /// Demands something more, of the session that never crashed and of each that did.
    ///
    /// @param more throws an [AssertionError] where it does not hold
    public CrashSimulation check(Consumer<Recovered> more) {
        this.check = check.andThen(more);
        return this;
    }

    /// Simulates all crashes, one after the other.
    ///
    /// @throws AssertionError       at the first that was not survived
    /// @throws InterruptedException if the thread is interrupted while it waits for a run
    public Result run() throws InterruptedException {
        return new Crashes(this).all();
    }
}
