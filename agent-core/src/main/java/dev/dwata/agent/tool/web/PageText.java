package dev.dwata.agent.tool.web;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The text of an HTML page: without tags, scripts, styles and comments, a line for each block.
/// One pass over the page, whatever is wrong with it.
final class PageText {
    private static final Set<String> SKIPPED = Set.of("script", "style", "noscript", "template", "svg", "head");
    private static final Set<String> BLOCKS = Set.of(
            "address",
            "article",
            "aside",
            "blockquote",
            "br",
            "dd",
            "div",
            "dl",
            "dt",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "li",
            "main",
            "nav",
            "ol",
            "p",
            "pre",
            "section",
            "table",
            "td",
            "th",
            "tr",
            "ul");
    private static final Map<String, String> ENTITIES = Map.of(
            "amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ", "mdash", "—", "ndash", "–");

    private final String html;
    private final StringBuilder text = new StringBuilder();
    private int at;

    private PageText(String html) {
        this.html = html;
    }

    static String of(String html) {
        return new PageText(html).read();
    }

    private String read() {
        while (at < html.length()) {
            char c = html.charAt(at);
            if (c == '<') {
                tag();
            } else if (c == '&') {
                entity();
            } else {
                append(c);
                at++;
            }
        }
        return text.toString().strip();
    }

    private void append(char c) {
        boolean blank = Character.isWhitespace(c) || c == '\u00A0';
        if (!blank) {
            text.append(c);
        } else if (!text.isEmpty() && !Character.isWhitespace(text.charAt(text.length() - 1))) {
            text.append(' ');
        }
    }

    private void newLine() {
        while (!text.isEmpty() && text.charAt(text.length() - 1) == ' ') {
            text.setLength(text.length() - 1);
        }
        if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
            text.append('\n');
        }
    }

    private void tag() {
        if (html.startsWith("<!--", at)) {
            skipPast("-->");
            return;
        }
        int end = html.indexOf('>', at);
        if (end < 0) {
            at = html.length();
            return;
        }
        String inner = html.substring(at + 1, end);
        String name = name(inner);
        at = end + 1;
        if (SKIPPED.contains(name)) {
            skipElement(name);
        } else if (BLOCKS.contains(name.startsWith("/") ? name.substring(1) : name)) {
            newLine();
        }
    }

    private static String name(String inner) {
        int length = 0;
        while (length < inner.length()
                && (Character.isLetterOrDigit(inner.charAt(length)) || (length == 0 && inner.charAt(0) == '/'))) {
            length++;
        }
        return inner.substring(0, length).toLowerCase(Locale.ROOT);
    }

    private void skipElement(String name) {
        String close = "</" + name;
        while (at < html.length()) {
            int next = html.indexOf('<', at);
            if (next < 0) {
                at = html.length();
                return;
            }
            at = next;
            if (html.regionMatches(true, at, close, 0, close.length())) {
                skipPast(">");
                return;
            }
            at++;
        }
    }

    private void skipPast(String mark) {
        int end = html.indexOf(mark, at);
        at = end < 0 ? html.length() : end + mark.length();
    }

    private void entity() {
        int end = html.indexOf(';', at);
        String known = end < 0 || end - at > 10 ? null : decoded(html.substring(at + 1, end));
        if (known == null) {
            append('&');
            at++;
            return;
        }
        known.chars().forEach(c -> append((char) c));
        at = end + 1;
    }

    private static @Nullable String decoded(String entity) {
        if (!entity.startsWith("#")) {
            return ENTITIES.get(entity);
        }
        try {
            boolean hex = entity.startsWith("#x") || entity.startsWith("#X");
            int code = Integer.parseInt(entity.substring(hex ? 2 : 1), hex ? 16 : 10);
            return Character.isValidCodePoint(code) && code != 0 ? Character.toString(code) : "\uFFFD";
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
