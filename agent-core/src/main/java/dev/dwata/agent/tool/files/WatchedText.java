package dev.dwata.agent.tool.files;

/// A text that a regular expression is matched against, for as long as there is time and nobody interrupts.
final class WatchedText implements CharSequence {
    private static final int LOOKS_BETWEEN_CHECKS = 64;

    private final CharSequence text;
    private final Patience patience;
    private int looks;

    WatchedText(CharSequence text, Patience patience) {
        this.text = text;
        this.patience = patience;
    }

    @Override
    public char charAt(int index) {
        if (++looks % LOOKS_BETWEEN_CHECKS == 0
                && (patience.isOver() || Thread.currentThread().isInterrupted())) {
            throw new Needle.Stopped("the time for one search is over");
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
