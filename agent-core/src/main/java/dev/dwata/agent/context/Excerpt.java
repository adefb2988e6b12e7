package dev.dwata.agent.context;

import tools.jackson.databind.JsonNode;

/// The beginning of what is too long to be quoted whole.
final class Excerpt {
    private Excerpt() {}

    /// The text of a string node, the JSON of any other, cut after `codePoints` with "…".
    static String of(JsonNode node, int codePoints) {
        return of(node.isString() ? node.stringValue() : node.toString(), codePoints);
    }

    /// `whole`, cut after `codePoints` with "…".
    static String of(String whole, int codePoints) {
        return whole.codePointCount(0, whole.length()) <= codePoints
                ? whole
                : whole.substring(0, whole.offsetByCodePoints(0, codePoints)) + "…";
    }
}
