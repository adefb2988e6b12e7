package dev.dwata.cli.output;

/// Where what a person reads goes. May be used from several threads; a call's text stays together.
public interface Screen {
    Style style();

    /// More of the answer; may end in the middle of a line.
    void answer(String text);

    /// More of what goes on beside the answer; may end in the middle of a line.
    void aside(String text);

    /// A line of its own beside the answer.
    void note(String line);

    /// Ends the line that [#answer] or [#aside] has begun; nothing where there is none.
    void endLine();

    /// Whether nobody can read what is written any more.
    boolean isGone();
}
