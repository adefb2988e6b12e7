package dev.dwata.agent.redaction;

import java.util.List;

/// What secrets look like whose value nobody has told: how they begin, and what follows (each issuer's
/// documentation, November 2026).
enum Shape {
    /// OpenAI, Anthropic, OpenRouter, DeepSeek.
    SK(20, "-_", "sk-"),
    GROQ(20, "-_", "gsk_"),
    GOOGLE(30, "-_", "AIza"),
    GITHUB(30, "", "ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
    GITHUB_FINE_GRAINED(22, "_", "github_pat_"),
    SLACK(10, "-", "xoxa-", "xoxb-", "xoxe-", "xoxp-", "xoxr-", "xoxs-", "xapp-"),
    AWS(16, "", "AKIA", "ASIA"),
    /// RFC 6750; here the beginning is no secret.
    BEARER(20, "-._~+/=", "Bearer ", "bearer ", "BEARER "),
    /// RFC 7468, with the headers of its predecessors; in source and JSON the ends of lines may be escaped.
    PRIVATE_KEY(
            0,
            "+/= \t\r\n\\:,-",
            "-----BEGIN PRIVATE KEY-----",
            "-----BEGIN ENCRYPTED PRIVATE KEY-----",
            "-----BEGIN RSA PRIVATE KEY-----",
            "-----BEGIN EC PRIVATE KEY-----",
            "-----BEGIN DSA PRIVATE KEY-----",
            "-----BEGIN OPENSSH PRIVATE KEY-----"),
    PRIVATE_KEY_END(0, "", "-----END ");

    private static final int LONGEST_BLOCK = 16_384;

    /// How it may begin.
    @SuppressWarnings("ImmutableEnumChecker") // it is, but its type does not say so
    final List<String> beginnings;

    /// How much must follow for it to be one.
    final int least;

    private final String marks;

    Shape(int least, String marks, String... beginnings) {
        this.least = least;
        this.marks = marks;
        this.beginnings = List.of(beginnings);
    }

    /// Whether it may go on with `c`: letters, digits, and what else it is made of.
    boolean goesOnWith(char c) {
        return isAlphanumeric(c) || marks.indexOf(c) >= 0;
    }

    /// Whether it is not one word, but has an end of its own.
    boolean isBlock() {
        return this == PRIVATE_KEY;
    }

    /// How much may follow at most.
    int most() {
        return isBlock() ? LONGEST_BLOCK : Integer.MAX_VALUE;
    }

    static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
