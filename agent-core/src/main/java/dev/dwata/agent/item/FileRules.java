package dev.dwata.agent.item;

import dev.dwata.types.BodyElement;
import dev.dwata.types.Json;
import dev.dwata.types.TranscriptEntry;
import tools.jackson.core.JacksonException;

/// What a file's body and transcript must have.
final class FileRules {
    private static final int MOST_ELEMENTS = 10_000;
    private static final String TYPES = "heading, paragraph, code, list, chart, image";

    private FileRules() {}

    static void check(Field content) {
        content.get("description").textIfAny();
        content.get("summary").textIfAny();
        Field body = content.get("body");
        if (!body.isAbsent()) {
            body.elements(MOST_ELEMENTS).forEach(FileRules::element);
        }
        Field transcript = content.get("transcript");
        if (!transcript.isAbsent()) {
            transcript.elements(MOST_ELEMENTS).forEach(FileRules::entry);
        }
    }

    private static void element(Field element) {
        Field type = element.object().get("type");
        switch (type.text()) {
            case "heading" -> {
                element.get("level").number();
                element.get("text").text();
            }
            case "paragraph" -> element.get("text").text();
            case "code" -> {
                element.get("language").textIfAny();
                element.get("content").text();
            }
            case "list" -> {
                element.get("ordered").flag();
                element.get("items").elements(MOST_ELEMENTS).forEach(Field::text);
            }
            case "chart" -> {
                element.get("chartType").filledText();
                element.get("title").textIfAny();
                element.get("data").required();
            }
            case "image" -> {
                element.get("src").filledText();
                element.get("alt").textIfAny();
                element.get("caption").textIfAny();
            }
            default -> throw Field.invalid(type.name() + " must be one of " + TYPES + ", not '" + type.text() + "'");
        }
        fits(element, BodyElement.class);
    }

    private static void entry(Field entry) {
        entry.object().get("id").filledText();
        entry.get("speaker").text();
        entry.get("start").number();
        entry.get("end").number();
        entry.get("text").text();
        fits(entry, TranscriptEntry.class);
    }

    /// What the records themselves say about ranges.
    private static void fits(Field field, Class<?> type) {
        try {
            Json.MAPPER.treeToValue(field.value(), type);
        } catch (JacksonException e) {
            String why = e.getCause() == null
                    ? e.getOriginalMessage()
                    : String.valueOf(e.getCause().getMessage());
            throw Field.invalid(field.name() + ": " + why);
        }
    }
}
