package dev.dwata.agent.output;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What the JSON of an answer must be: a JSON Schema (draft 2020-12) of an object, complete in itself.
public final class AnswerSchema {
    /// The most bytes that a schema may have, as compact JSON in UTF-8.
    public static final int MOST_BYTES = 64 << 10;

    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final Set<String> REFERENCES = Set.of("$ref", "$dynamicRef", "$recursiveRef");
    private static final int MOST_PROBLEMS = 10;
    private static final int MOST_TEXT = 300;

    private final JsonNode json;
    private final Schema schema;

    private AnswerSchema(JsonNode json, Schema schema) {
        this.json = json;
        this.schema = schema;
    }

    /// @throws AgentException with `TooLarge`, or `InvalidRequest` saying what is wrong with it
    public static AnswerSchema of(JsonNode json) {
        return of(json, "outputSchema");
    }

    /// One that is called otherwise where something is wrong with it.
    ///
    /// @throws AgentException with `TooLarge`, or `InvalidRequest` saying what is wrong with it
    public static AnswerSchema of(JsonNode json, String name) {
        if (!json.isObject() || !json.path("type").asString("").equals("object")) {
            throw invalid(name, "must be a JSON Schema with \"type\":\"object\"");
        }
        if (json.toString().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw new AgentException(
                    new AgentError.TooLarge(name + " must have at most " + (MOST_BYTES >> 10) + " KiB"));
        }
        if (!json.path("$schema").asString(DIALECT).replaceAll("#$", "").equals(DIALECT)) {
            throw invalid(name, "must be of the dialect " + DIALECT);
        }
        checkReferences(json, name);
        try {
            SchemaRegistry registry = registry();
            List<String> problems =
                    texts(registry.getSchema(SchemaLocation.of(DIALECT)).validate(json));
            if (!problems.isEmpty()) {
                throw invalid(name, "is not a JSON Schema: " + problems.getFirst());
            }
            Schema schema = registry.getSchema(json);
            schema.initializeValidators();
            schema.validate(Json.MAPPER.createObjectNode());
            return new AnswerSchema(json, schema);
        } catch (StackOverflowError e) {
            throw invalid(name, "refers to itself without end");
        } catch (SchemaException | IllegalArgumentException e) { // a reference to nowhere, a pattern that is none
            throw invalid(name, "is not a JSON Schema: " + shortened(String.valueOf(e.getMessage())));
        }
    }

    /// Nothing is ever fetched from elsewhere.
    private static SchemaRegistry registry() {
        return SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaLoader(loader -> loader.fetchRemoteResources(false)));
    }

    private static void checkReferences(JsonNode node, String name) {
        for (String keyword : REFERENCES) {
            String reference = node.path(keyword).asString("");
            if (!reference.isEmpty() && !reference.startsWith("#")) {
                throw invalid(
                        name,
                        keyword + " must refer to something in the schema itself, beginning with '#', not '"
                                + shortened(reference) + "'");
            }
        }
        node.forEach(each -> checkReferences(each, name));
    }

    public JsonNode json() {
        return json;
    }

    /// What is wrong with a value, in a few sentences; empty where nothing is. At most ten.
    public List<String> problems(JsonNode value) {
        return texts(schema.validate(value));
    }

    private static List<String> texts(List<Error> errors) {
        return errors.stream()
                .limit(MOST_PROBLEMS)
                .map(error -> {
                    String where = String.valueOf(error.getInstanceLocation());
                    return shortened((where.isEmpty() ? "" : where + ": ") + error.getMessage());
                })
                .toList();
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= MOST_TEXT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MOST_TEXT)) + "…";
    }

    /// For a text that cannot even be read as JSON.
    static String excerpt(String text) {
        return shortened(text);
    }

    private static AgentException invalid(String name, String what) {
        return new AgentException(new AgentError.InvalidRequest(name + ' ' + what));
    }

    /// The schema as it is written, for what is stored.
    @Override
    public String toString() {
        return Json.MAPPER.writeValueAsString(json);
    }
}
