package dev.dwata.cli.chat;

import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.impl.DefaultParser;

/// Reads on while a line ends in a backslash. Quotes and backslashes elsewhere are just text.
final class ContinuedLines implements Parser {
    private final DefaultParser words =
            new DefaultParser().quoteChars(new char[0]).escapeChars(new char[0]);

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE && line.endsWith("\\")) {
            throw new EOFError(-1, cursor, "the line goes on", "…");
        }
        return words.parse(line, cursor, context);
    }

    /// What was typed as one message.
    static String joined(String lines) {
        return lines.replace("\\\n", "\n");
    }
}
