package dev.dwata.agent.redaction;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.ErrorPayload;
import dev.dwata.types.Json;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Replaces secrets with [#MARK]: those that are known by their value, and texts that look like one (keys of
/// the usual providers, bearer tokens, private keys). Takes time in proportion to the text. Whatever holds no
/// secret is returned as the same object. Safe for many threads.
public final class Redaction {
    /// What stands where a secret was.
    public static final String MARK = "[redacted]";

    private static final int SHORTEST = 8;
    private static final Redaction NONE = new Redaction(null, null);

    private final @Nullable Automaton known;
    private final @Nullable Automaton all;

    private Redaction(@Nullable Automaton known, @Nullable Automaton all) {
        this.known = known;
        this.all = all;
    }

    /// Replaces nothing.
    public static Redaction none() {
        return NONE;
    }

    /// Knows `secrets`, those of at least 8 characters, and what secrets look like.
    public static Redaction of(Collection<String> secrets) {
        Collection<String> wanted = new TreeSet<>();
        for (String secret : secrets) {
            String plain = secret.strip();
            if (plain.length() >= SHORTEST) {
                wanted.add(plain);
                wanted.add(plain.replace("\\", "\\\\").replace("\"", "\\\""));
            }
        }
        return new Redaction(wanted.isEmpty() ? null : new Automaton(wanted, false), new Automaton(wanted, true));
    }

    /// Knows what secrets look like.
    public static Redaction byShape() {
        return of(List.of());
    }

    /// Knows the values of the variables that hold providers' keys (`…_API_KEY`) or dwata's token, those of at
    /// least 16 characters of `…_KEY`, `…_TOKEN`, `…_SECRET` and `…_PASSWORD` that are no path, and the
    /// passwords in addresses; and what secrets look like.
    ///
    /// @param environment variables by name, as of [System#getenv()]
    /// @param names       of further variables that hold secrets
    public static Redaction ofEnvironment(Map<String, String> environment, Collection<String> names) {
        return ofEnvironment(environment, names, List.of());
    }

    /// The same, and `secrets`.
    public static Redaction ofEnvironment(
            Map<String, String> environment, Collection<String> names, Collection<String> secrets) {
        Collection<String> all = new TreeSet<>(EnvironmentSecrets.of(environment, names));
        all.addAll(secrets);
        return of(all);
    }

    public boolean isNone() {
        return all == null;
    }

    public String text(String text) {
        return all == null ? text : new Pieces(all).whole(text);
    }

    /// Replaces only what is known by its value: for what a person wrote, who may want to pass on what looks
    /// like a secret.
    public String knownIn(String text) {
        return known == null ? text : new Pieces(known).whole(text);
    }

    /// A text that comes in pieces; absent where nothing is replaced.
    public @Nullable Pieces pieces() {
        return all == null ? null : new Pieces(all);
    }

    /// Replaces secrets in every string and every name of a tree.
    public JsonNode json(JsonNode node) {
        if (all == null) {
            return node;
        }
        if (node.isString()) {
            String text = node.stringValue();
            String redacted = text(text);
            return redacted.equals(text) ? node : Json.MAPPER.getNodeFactory().stringNode(redacted);
        }
        if (node instanceof ObjectNode object) {
            return object(object);
        }
        return node instanceof ArrayNode array ? array(array) : node;
    }

    /// An object stays one.
    public ObjectNode object(ObjectNode object) {
        if (all == null) {
            return object;
        }
        ObjectNode redacted = Json.MAPPER.createObjectNode();
        boolean changed = false;
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = text(field.getKey());
            JsonNode value = json(field.getValue());
            changed |= !name.equals(field.getKey()) || !value.equals(field.getValue());
            redacted.set(name, value);
        }
        return changed ? redacted : object;
    }

    private ArrayNode array(ArrayNode array) {
        ArrayNode redacted = Json.MAPPER.createArrayNode();
        boolean changed = false;
        for (JsonNode element : array) {
            JsonNode value = json(element);
            changed |= !value.equals(element);
            redacted.add(value);
        }
        return changed ? redacted : array;
    }

    /// The same error, its message without secrets.
    public AgentError error(AgentError error) {
        String message = text(error.message());
        if (message.equals(error.message())) {
            return error;
        }
        ErrorPayload plain = ErrorPayload.of(error, false);
        return new ErrorPayload(
                        message,
                        plain.errorCode(),
                        plain.retryable(),
                        plain.retryAfterMs(),
                        plain.fatal(),
                        plain.details())
                .toError();
    }

    /// The same event without secrets, one that is whole in itself: what a delta ends with may be the beginning
    /// of a secret, which only [Pieces] sees.
    public AgentEvent event(AgentEvent event) {
        return all == null ? event : new RedactedEvent(this).of(event);
    }
}
