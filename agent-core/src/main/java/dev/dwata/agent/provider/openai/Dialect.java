package dev.dwata.agent.provider.openai;

import dev.dwata.agent.provider.wire.Endpoint;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the servers that speak Chat Completions disagree about (their documentation, November 2026).
///
/// @param limitField the name of the limit of output tokens
/// @param callIds    the ids of calls that it takes, as a regular expression
/// @param schemas    how it is asked for a reply that follows a schema
record Dialect(String limitField, String callIds, SchemaForm schemas, Set<Rule> rules) {
    /// How a schema for the reply is sent.
    enum SchemaForm {
        /// As `response_format`.
        FIELD,
        /// In words, and JSON as `response_format`.
        WORDS_AND_JSON,
        /// In words alone.
        WORDS
    }

    /// What a server wants or takes, and not every one does.
    enum Rule {
        /// Tells its usage only if asked to. Others tell it anyway and refuse the question.
        USAGE_ON_REQUEST,
        IMAGES,
        /// PDF documents within the request.
        DOCUMENTS,
        /// What the model thought goes back to it while the tools it asked for are being answered.
        THOUGHTS_BACK,
        /// The same in a form of its own: [ReasoningDetails].
        DETAILS_BACK,
        /// After results of tools the model speaks before the user does.
        MODEL_AFTER_RESULTS
    }

    private static final String SHORT = ".{1,40}";

    private static final Pattern KNOWN_HOST =
            Pattern.compile("(?:.+\\.)?(openai|groq|mistral|deepseek|openrouter)\\.(?:azure\\.)?(?:com|ai)");

    Dialect {
        rules = Set.copyOf(rules);
    }

    /// The dialect of the server at `endpoint`: that of the provider it is named after, or of its host.
    static Dialect of(Endpoint endpoint) {
        return switch (kind(endpoint)) {
            case "openai" ->
                new Dialect(
                        "max_completion_tokens",
                        SHORT,
                        SchemaForm.FIELD,
                        EnumSet.of(Rule.USAGE_ON_REQUEST, Rule.IMAGES, Rule.DOCUMENTS));
            case "groq" ->
                new Dialect(
                        "max_completion_tokens",
                        SHORT,
                        SchemaForm.WORDS,
                        EnumSet.of(Rule.USAGE_ON_REQUEST, Rule.IMAGES));
            case "mistral" ->
                new Dialect(
                        "max_tokens",
                        "[a-zA-Z0-9]{9}",
                        SchemaForm.FIELD,
                        EnumSet.of(Rule.IMAGES, Rule.MODEL_AFTER_RESULTS));
            case "deepseek" ->
                new Dialect(
                        "max_tokens",
                        SHORT,
                        SchemaForm.WORDS_AND_JSON,
                        EnumSet.of(Rule.USAGE_ON_REQUEST, Rule.THOUGHTS_BACK));
            case "openrouter" ->
                new Dialect(
                        "max_tokens",
                        SHORT,
                        SchemaForm.FIELD,
                        EnumSet.of(Rule.USAGE_ON_REQUEST, Rule.IMAGES, Rule.DOCUMENTS, Rule.DETAILS_BACK));
            default ->
                new Dialect("max_tokens", SHORT, SchemaForm.FIELD, EnumSet.of(Rule.USAGE_ON_REQUEST, Rule.IMAGES));
        };
    }

    boolean has(Rule rule) {
        return rules.contains(rule);
    }

    /// OpenAI's newer models refuse `max_tokens`, and some other servers know nothing else; so it is not enough
    /// to be called `openai`.
    private static String kind(Endpoint endpoint) {
        Matcher host = KNOWN_HOST.matcher(endpoint.host());
        if (host.matches()) {
            return host.group(1);
        }
        return endpoint.provider().equals("openai") ? "" : endpoint.provider();
    }
}
