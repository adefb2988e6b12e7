package dev.dwata.agent.item;

import dev.dwata.types.ItemKind;
import java.util.HashSet;
import java.util.Set;

/// What the contents of each kind must have. Further fields are welcome.
final class ContentRules {
    private static final int MOST_REFERENCES = 1_000;
    private static final int MOST_SAMPLES = 5_000;

    private ContentRules() {}

    /// @throws dev.dwata.types.AgentException with `InvalidRequest`, naming the field
    static void check(ItemKind kind, Field content) {
        content.object();
        switch (kind.name()) {
            case "clip" -> clip(content);
            case "song", "playlist" -> references(content.get("items"));
            case "pack" -> samples(content.get("samples"));
            case "document" -> document(content);
            case "file" -> FileRules.check(content);
            default -> {
                // a client's own kind: whatever it says
            }
        }
    }

    private static void clip(Field content) {
        content.get("code").text();
        content.get("language").textIfAny();
    }

    private static void references(Field items) {
        for (Field item : items.elements(MOST_REFERENCES)) {
            Reference.id(item.object().get("itemId"));
        }
    }

    private static void samples(Field samples) {
        Set<String> names = new HashSet<>();
        for (Field sample : samples.elements(MOST_SAMPLES)) {
            Field name = sample.object().get("name");
            if (!names.add(name.filledText())) {
                throw Field.invalid(name.name() + " is there twice: '" + name.text() + "'");
            }
            sample.get("url").textIfAny();
            sample.get("attachment").textIfAny();
        }
    }

    /// Its text is here, or in a stream that several write at the same time.
    private static void document(Field content) {
        String stream = content.get("stream").textIfAny();
        if (stream == null) {
            content.get("text").text();
        } else {
            content.get("stream").filledText();
            content.get("text").textIfAny();
        }
    }
}
