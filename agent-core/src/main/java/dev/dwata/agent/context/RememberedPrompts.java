package dev.dwata.agent.context;

import dev.dwata.agent.definition.AgentDefinition;
import dev.dwata.agent.definition.Prompts;
import dev.dwata.agent.redaction.Redaction;
import dev.dwata.agent.store.Memory;
import dev.dwata.agent.store.Memory.Entry;
import dev.dwata.agent.store.Memory.Scope;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionInfo;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Adds what is pinned in the memory to what others write: facts of the owner and of the session, a line for
/// each, the latest set first, all that fits into 4 KiB.
public final class RememberedPrompts implements Prompts {
    private static final int MOST_LINES = 100;

    private final Prompts prompts;
    private final Memory memory;
    private final Redaction redaction;

    private RememberedPrompts(Prompts prompts, Memory memory, Redaction redaction) {
        this.prompts = prompts;
        this.memory = memory;
        this.redaction = redaction;
    }

    /// Nothing is taken out of the facts.
    public static Prompts around(Prompts prompts, Memory memory) {
        return around(prompts, memory, Redaction.none());
    }

    /// @param redaction what is taken out of the facts: people may have set them by other ways than a run
    public static Prompts around(Prompts prompts, Memory memory, Redaction redaction) {
        return new RememberedPrompts(prompts, memory, redaction);
    }

    @Override
    public String write(AgentDefinition agent, Principal owner, SessionInfo session) {
        String written = prompts.write(agent, owner, session);
        List<Pinned> facts = Stream.concat(
                        pinned("session", new Scope(owner, session.id())), pinned("user", Scope.of(owner)))
                .sorted(Comparator.comparing((Pinned fact) -> fact.entry().updatedAt())
                        .reversed())
                .toList();
        if (facts.isEmpty()) {
            return written;
        }
        RememberedLines lines = new RememberedLines(agent.tools()::permits);
        for (Pinned fact : facts.subList(0, Math.min(facts.size(), MOST_LINES))) {
            String key = redaction.text(fact.entry().key());
            String value = redaction.text(fact.entry().value());
            if (!lines.add(fact.scope(), key, value)) {
                break;
            }
        }
        return (written.isBlank() ? "" : written + "\n\n") + lines.text(facts.size());
    }

    private record Pinned(String scope, Entry entry) {}

    /// One more than is shown, to know whether there are more.
    private Stream<Pinned> pinned(String name, Scope scope) {
        return memory.pinned(scope, MOST_LINES + 1).stream().map(entry -> new Pinned(name, entry));
    }
}
