package dev.dwata.cli.output;

/// How a piece of text stands out, where it may.
///
/// @param color whether it may
public record Style(boolean color) {
    public static final Style PLAIN = new Style(false);

    public String dim(String text) {
        return wrap("2", text);
    }

    public String red(String text) {
        return wrap("31", text);
    }

    public String green(String text) {
        return wrap("32", text);
    }

    public String bold(String text) {
        return wrap("1", text);
    }

    private String wrap(String code, String text) {
        return color ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
