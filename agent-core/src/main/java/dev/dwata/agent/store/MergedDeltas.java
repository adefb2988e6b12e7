package dev.dwata.agent.store;

import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.Reasoning;
import dev.dwata.types.AgentEvent.Token;
import dev.dwata.types.Envelope;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Puts deltas together, the same in every store: those of one run, one kind and one turn that follow each
/// other become one entry with the number and the time of the last.
public final class MergedDeltas {
    /// How much text one entry holds, in UTF-8; a delta that was longer by itself stays as it is.
    private static final int MOST_BYTES = 64 << 10;

    private final List<Envelope> merged = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private int bytes;
    private long firstSeq;
    private @Nullable Envelope last;

    private MergedDeltas() {}

    public static boolean isDelta(AgentEvent event) {
        return event instanceof Token || event instanceof Reasoning;
    }

    /// @param entries of one session, in the order of its log; what is no delta stays as it is
    /// @return the same text in as few entries; an entry that nothing was merged into is the one that was given
    public static List<Envelope> of(List<Envelope> entries) {
        MergedDeltas deltas = new MergedDeltas();
        entries.forEach(deltas::add);
        deltas.finish();
        return deltas.merged;
    }

    private void add(Envelope entry) {
        String content = content(entry.event());
        int length = content.getBytes(StandardCharsets.UTF_8).length;
        if (last == null || !continues(last, entry) || bytes + length > MOST_BYTES) {
            finish();
            firstSeq = entry.firstSeq();
        }
        text.append(content);
        bytes += length;
        last = entry;
    }

    private void finish() {
        if (last != null) {
            merged.add(last.firstSeq() == firstSeq ? last : with(last, text.toString(), firstSeq));
        }
        text.setLength(0);
        bytes = 0;
        last = null;
    }

    private static boolean continues(Envelope before, Envelope entry) {
        return entry.follows(before.seq())
                && isDelta(entry.event())
                && entry.event().getClass() == before.event().getClass()
                && turn(entry.event()) == turn(before.event())
                && Objects.equals(entry.runId(), before.runId());
    }

    private static Envelope with(Envelope entry, String content, long firstSeq) {
        int turn = turn(entry.event());
        AgentEvent event = entry.event() instanceof Token ? new Token(content, turn) : new Reasoning(content, turn);
        return new Envelope(entry.sessionId(), entry.seq(), entry.time(), entry.runId(), event, firstSeq);
    }

    private static String content(AgentEvent event) {
        if (event instanceof Token token) {
            return token.content();
        }
        return event instanceof Reasoning reasoning ? reasoning.content() : "";
    }

    private static int turn(AgentEvent event) {
        if (event instanceof Token token) {
            return token.turn();
        }
        return event instanceof Reasoning reasoning ? reasoning.turn() : 0;
    }
}
