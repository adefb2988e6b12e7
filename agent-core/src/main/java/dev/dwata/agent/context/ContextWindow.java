package dev.dwata.agent.context;

import dev.dwata.agent.model.ModelDelta.Troubled;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.store.Summary;
import dev.dwata.types.AgentError.ContextOverflow;
import dev.dwata.types.AgentEvent.ContextCompacted;
import dev.dwata.types.AgentException;
import dev.dwata.types.Message;
import dev.dwata.types.MessageId;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import dev.dwata.types.StoredMessage;
import dev.dwata.types.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a model is shown of a conversation: all of it, until that nears the end of the model's window; from
/// then on a summary of its older part and the rest as it was. The beginning stays the same from one question
/// to the next, so that providers can keep it in their cache, until it is shortened again.
///
///     shown = Summary? kept*
///
/// It is cut only before a message of the user or of the model, so that a call is never parted from its result.
/// Of one run; not for several threads.
public final class ContextWindow {
    private static final int MOST_IN_A_ROW = 2;
    private static final double WORTH_IT = 0.8;

    private final Shortening shortening;
    private final TokenCount count;
    private final List<Item> items = new ArrayList<>();
    private @Nullable Summary summary;
    private int inARow;
    private TokenUsage used = TokenUsage.ZERO;

    /// @param id absent for results, which are never the first of what is kept
    private record Item(@Nullable MessageId id, Message message, long guess) {}

    /// Asks the model.
    @FunctionalInterface
    public interface Question {
        /// @param messages what it is shown, legal for every provider
        ModelReply ask(List<Message> messages) throws InterruptedException;
    }

    /// @param fixed tokens of what goes along with every question: instructions and tools
    public ContextWindow(Shortening shortening, long fixed) {
        this.shortening = shortening;
        this.count = new TokenCount(fixed);
    }

    /// Begins with what was summarised before. What providers counted until then counts no more.
    public void resume(Summary earlier) {
        summary = earlier;
        count.replace(Tokens.of(SummaryText.message(earlier)));
    }

    /// Adds a message that is stored.
    public void add(StoredMessage stored) {
        add(stored.role() == Role.TOOL ? null : stored.id(), stored.message());
        Long tokens = stored.contextTokens();
        if (tokens != null && (summary == null || stored.seq() > summary.seq())) {
            count.counted(tokens);
        }
    }

    /// Adds what the model has just said.
    ///
    /// @param contextTokens how many tokens all that it was shown and this have together, as its provider
    ///                      counted; 0 where it did not
    public void said(MessageId id, Message message, long contextTokens) {
        add(id, message);
        if (contextTokens > 0) {
            count.counted(contextTokens);
        }
    }

    /// Adds the results of what the model called last.
    public void returned(List<Part> results) {
        add(null, new Message(Role.TOOL, results));
    }

    /// What writing summaries has used so far.
    public TokenUsage used() {
        return used;
    }

    private void add(@Nullable MessageId id, Message message) {
        long guess = Tokens.of(message);
        items.add(new Item(id, message, guess));
        count.add(guess);
    }

    /// Asks with as much of the conversation as the model can take: it is shortened before it fills the window,
    /// and when the provider says that it is too long after all.
    ///
    /// @throws AgentException with `ContextOverflow` if it cannot be shortened enough; what the question throws
    public ModelReply ask(Question question) throws InterruptedException {
        boolean refused = false;
        while (true) {
            makeRoom(refused);
            try {
                ModelReply reply = question.ask(messages());
                inARow = 0;
                return reply;
            } catch (AgentException e) {
                if (!(e.error() instanceof ContextOverflow)) {
                    throw e;
                }
                refused = true;
            }
        }
    }

    private void makeRoom(boolean refused) throws InterruptedException {
        boolean needed = refused;
        while (needed || shortening.isFull(count.total())) {
            int cut = cut();
            if (cut == 0 && !needed) {
                return;
            }
            if (cut == 0 || inARow == MOST_IN_A_ROW) {
                throw new AgentException(new ContextOverflow(
                        "the conversation is too long for the model, also after it was shortened as far as possible:"
                                + " begin a new session, or choose a model with a larger context"));
            }
            inARow++;
            try {
                shorten(cut);
                needed = false;
            } catch (Summariser.Unusable e) {
                shortening
                        .asides()
                        .accept(new Troubled(
                                new ContextOverflow("the conversation could not be summarised: " + e.getMessage())));
            }
        }
    }

    /// How many of the oldest messages make place: as few as leave what is to be kept, and never the last that
    /// a conversation can begin with.
    private int cut() {
        long keep = shortening.settings().keep(count.total());
        long kept = 0;
        int cut = 0;
        for (int i = items.size() - 1; i > 0; i--) {
            kept += count.likely(items.get(i).guess());
            if (kept > keep && cut > 0) {
                break;
            }
            if (items.get(i).id() != null) {
                cut = i;
            }
        }
        return cut;
    }

    private void shorten(int cut) throws Summariser.Unusable, InterruptedException {
        List<Message> dropped =
                items.subList(0, cut).stream().map(Item::message).toList();
        String earlier = summary == null ? null : summary.text();
        Summariser.Written written =
                new Summariser(shortening.writer(), shortening.asides()).summarise(earlier, dropped);
        used = used.plus(written.usage());
        boolean inTheMiddle = items.get(cut).message().role() != Role.USER;
        String text = inTheMiddle ? SummaryText.withRequest(written.text(), dropped, summary) : written.text();
        Summary next = Found.in(text, summary, dropped);
        List<Item> kept = List.copyOf(items.subList(cut, items.size()));
        long guess = Tokens.of(SummaryText.message(next))
                + kept.stream().mapToLong(Item::guess).sum();
        long before = count.total();
        if (count.totalOf(guess) > before * WORTH_IT) {
            throw new Summariser.Unusable("the summary is not much shorter than what it stands for");
        }
        count.replace(guess);
        shortening
                .told()
                .shortened(new ContextCompacted(
                        MessageId.create(),
                        text,
                        kept.getFirst().id(),
                        before,
                        count.total(),
                        next.filesRead(),
                        next.filesChanged(),
                        next.openTasks(),
                        written.usage(),
                        written.model()));
        summary = next;
        items.clear();
        items.addAll(kept);
    }

    private List<Message> messages() {
        List<Message> shown = new ArrayList<>(items.size() + 1);
        if (summary != null) {
            shown.add(SummaryText.message(summary));
        }
        items.forEach(item -> shown.add(item.message()));
        return Normaliser.normalise(shown);
    }
}
