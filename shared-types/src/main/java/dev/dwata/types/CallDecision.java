package dev.dwata.types;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What the policy made of a tool call, and why.
///
/// @param rule   what decided: the name of a rule, `default` for the tool's own level, `tool` for a check
///               of the tool itself
/// @param policy SHA-256 of the rules that were in force, in hexadecimal
/// @param digest SHA-256 of all that the decision is bound to, in hexadecimal: the tool with its schema, the
///               arguments, the facts that the tool itself has found, the rules
public record CallDecision(Verdict verdict, String rule, String policy, String digest) {

    /// What is to happen.
    public enum Verdict {
        ALLOW,
        ASK,
        DENY;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
