package dev.dwata.agent.redaction;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes the secrets out of a text that comes in pieces, wherever it is cut. The end of what has come is held
/// back only as far as it may be the beginning of a secret. For one thread at a time.
public final class Pieces {
    private static final int MOST_BODIES = 8;

    private final Automaton automaton;
    private final List<Body> bodies = new ArrayList<>();
    private final Deque<Span> covered = new ArrayDeque<>();
    private Automaton.Node state;
    private String held = "";
    private char before;
    private char beforeThat;
    private boolean marked;

    /// A part of the text that is not to be seen.
    private record Span(int from, int to) {}

    /// What follows the beginning of something that is known by its shape.
    private static final class Body {
        final Shape shape;
        int start;
        int from;
        int length;
        int dashes;
        boolean closing;

        Body(Shape shape, int start, int end) {
            this.shape = shape;
            this.start = start;
            this.from = shape == Shape.BEARER ? end : start;
        }
    }

    Pieces(Automaton automaton) {
        this.automaton = automaton;
        this.state = automaton.root();
    }

    /// @param piece more of the text
    /// @return what may be shown by now of what has not been returned before; may be empty
    public String accept(String piece) {
        String all = held.isEmpty() ? piece : held + piece;
        read(all);
        return release(all, limit(all));
    }

    /// What is held back; may be empty. It stays.
    public String held() {
        return redacted(held, held.length());
    }

    /// Begins again with another text.
    ///
    /// @return what was held back; may be empty
    public String flush() {
        String rest = held();
        held = "";
        state = automaton.root();
        bodies.clear();
        covered.clear();
        before = 0;
        beforeThat = 0;
        marked = false;
        return rest;
    }

    /// A text that is all there.
    String whole(String text) {
        read(text);
        return covered.isEmpty() ? text : redacted(text, text.length());
    }

    private void read(String all) {
        for (int i = held.length(); i < all.length(); i++) {
            char c = all.charAt(i);
            if (!bodies.isEmpty()) {
                extend(c, i);
            }
            state = automaton.step(state, c);
            if (state.secret > 0) {
                cover(i + 1 - state.secret, i + 1);
            }
            if (state.shape != null) {
                begin(state.shape, all, i + 1);
            }
        }
    }

    private void begin(Shape shape, String all, int end) {
        int start = end - state.beginning;
        if (shape == Shape.PRIVATE_KEY_END) {
            bodies.stream().filter(body -> body.shape.isBlock()).forEach(body -> body.closing = true);
        } else if (bodies.size() < MOST_BODIES && (shape.isBlock() || beginsWord(all, start))) {
            bodies.add(new Body(shape, start, end));
            if (shape.isBlock()) {
                cover(start, end);
            }
        }
    }

    private void extend(char c, int at) {
        for (Iterator<Body> all = bodies.iterator(); all.hasNext(); ) {
            Body body = all.next();
            if (!body.shape.goesOnWith(c) || body.length >= body.shape.most()) {
                all.remove();
                continue;
            }
            body.length++;
            if (body.length >= body.shape.least) {
                cover(body.length == body.shape.least ? body.from : at, at + 1);
            }
            body.dashes = c == '-' && body.closing ? body.dashes + 1 : 0;
            if (body.dashes == 5) {
                all.remove();
            }
        }
    }

    private void cover(int from, int to) {
        int begin = Math.max(0, from);
        while (!covered.isEmpty() && covered.getLast().to() >= begin) {
            begin = Math.min(begin, covered.removeLast().from());
        }
        covered.addLast(new Span(begin, to));
    }

    /// Whether a word begins at `index`; after an escaped character, as in JSON, it does.
    private boolean beginsWord(String all, int index) {
        return !Shape.isAlphanumeric(at(all, index - 1)) || at(all, index - 2) == '\\';
    }

    private char at(String all, int index) {
        if (index >= 0) {
            return all.charAt(index);
        }
        return index == -1 ? before : beforeThat;
    }

    /// Up to where nothing can become a secret any more.
    private int limit(String all) {
        int limit = all.length();
        for (Body body : bodies) {
            if (body.length < body.shape.least) {
                limit = Math.min(limit, Math.max(0, body.start));
            }
        }
        for (Automaton.@Nullable Node node = state; node != null && node.depth > 0; node = node.shorter()) {
            int start = all.length() - node.depth;
            if (node.goesOn() && (node.anywhere || beginsWord(all, start))) {
                limit = Math.min(limit, Math.max(0, start));
                break;
            }
        }
        for (Span span : covered) {
            if (span.from() <= limit && limit < span.to()) {
                limit = span.to();
            }
        }
        return limit;
    }

    private String release(String all, int limit) {
        boolean untouched = covered.isEmpty() && limit == all.length();
        String shown = untouched ? all : redacted(all, limit);
        if (limit > 0) {
            marked = !covered.isEmpty() && covered.getFirst().from() < limit && endsCovered(limit);
            char last = at(all, limit - 1);
            beforeThat = at(all, limit - 2);
            before = last;
            move(limit);
        }
        held = all.substring(limit);
        return shown;
    }

    private boolean endsCovered(int limit) {
        return covered.stream().anyMatch(span -> span.to() == limit);
    }

    /// Counts from `limit` from now on.
    private void move(int limit) {
        while (!covered.isEmpty() && covered.getFirst().to() <= limit) {
            covered.removeFirst();
        }
        for (int i = covered.size(); i > 0; i--) {
            Span span = covered.removeFirst();
            covered.addLast(new Span(span.from() - limit, span.to() - limit));
        }
        for (Body body : bodies) {
            body.start -= limit;
            body.from -= limit;
        }
    }

    /// `all` up to `limit`, with a mark for everything that is covered. What is covered at its beginning
    /// continues a mark that was shown.
    private String redacted(String all, int limit) {
        if (covered.isEmpty()) {
            return all.substring(0, limit);
        }
        StringBuilder shown = new StringBuilder(limit);
        int at = 0;
        for (Span span : covered) {
            if (span.from() >= limit) {
                break;
            }
            shown.append(all, at, span.from());
            if (!(marked && span.from() == 0)) {
                shown.append(Redaction.MARK);
            }
            at = span.to();
        }
        return shown.append(all, Math.min(at, limit), limit).toString();
    }
}
