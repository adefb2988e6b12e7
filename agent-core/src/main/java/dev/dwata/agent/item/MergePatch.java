package dev.dwata.agent.item;

import dev.dwata.types.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON merge patch, RFC 7396: what is named is replaced, objects field by field, and `null` removes.
final class MergePatch {
    private MergePatch() {}

    /// @param patch of an item's `title`, `projectId` and `content`
    /// @throws dev.dwata.types.AgentException with `InvalidRequest`, naming the field
    static ItemDraft apply(ItemDraft before, Field patch) {
        JsonNode changes = patch.object().value();
        Field title = new Field("title", changes.path("title"));
        Field projectId = new Field("projectId", changes.path("projectId"));
        Field content = new Field("content", changes.path("content"));
        stays(title);
        stays(content);
        return new ItemDraft(
                before.kind(),
                title.isAbsent() ? before.title() : title.text(),
                projectId.value().isMissingNode() ? before.projectId() : projectId.textIfAny(),
                content.isAbsent()
                        ? before.content()
                        : merged(before.content(), content.object().value()));
    }

    private static void stays(Field field) {
        if (field.value().isNull()) {
            throw Field.invalid(field.name() + " cannot be removed");
        }
    }

    static JsonNode merged(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode result = Json.MAPPER.createObjectNode();
        if (target instanceof ObjectNode object) {
            object.properties().forEach(field -> result.set(field.getKey(), field.getValue()));
        }
        patch.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                result.remove(field.getKey());
            } else {
                result.set(field.getKey(), merged(result.path(field.getKey()), field.getValue()));
            }
        });
        return result;
    }
}
