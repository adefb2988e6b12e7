package dev.dwata.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.jsontype.TypeSerializer;

/// A piece of a message. On the wire an object whose `type` names the kind; kinds this version does not know
/// are kept as [Unknown].
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", defaultImpl = Part.Unknown.class, visible = true)
public sealed interface Part {

    @JsonTypeName("text")
    record Text(String text) implements Part {}

    /// What a model thought before it answered.
    ///
    /// @param signature what the provider wants to see again, unchanged, when the message is sent back; absent
    ///                  where it asks for nothing. With empty text it stands for thinking that was withheld
    @JsonTypeName("reasoning")
    record Reasoning(String text, @Nullable String signature) implements Part {}

    /// An image by reference; the bytes are stored once, elsewhere.
    ///
    /// @param uri       where the bytes are
    /// @param mediaType for example `image/png`
    @JsonTypeName("image")
    record Image(String uri, String mediaType) implements Part {}

    /// A file by reference.
    ///
    /// @param name as shown to people
    @JsonTypeName("file")
    record File(String uri, String mediaType, String name) implements Part {}

    /// A model asks for a tool.
    ///
    /// @param id        the provider's id of this call, unique within its run
    /// @param name      dwata's dotted name of the tool
    /// @param arguments a JSON object; or a string with the raw text, where the model's arguments were not one
    @JsonTypeName("tool_call")
    record ToolCall(String id, String name, JsonNode arguments) implements Part {}

    /// The answer to one [ToolCall].
    ///
    /// @param result an object with `success`, and what else the tool says
    @JsonTypeName("tool_result")
    record ToolResult(String toolCallId, String name, boolean success, JsonNode result) implements Part {}

    /// A kind of part that a newer version wrote; kept and passed on as it came.
    ///
    /// @param raw the whole object, its `type` included
    @JsonTypeName("unknown")
    @JsonSerialize(using = Unknown.AsItCame.class)
    record Unknown(JsonNode raw) implements Part {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public Unknown {}

        static final class AsItCame extends ValueSerializer<Unknown> {
            @Override
            public void serialize(Unknown value, JsonGenerator out, SerializationContext context) {
                context.writeTree(out, value.raw);
            }

            @Override
            public void serializeWithType(
                    Unknown value, JsonGenerator out, SerializationContext context, TypeSerializer type) {
                serialize(value, out, context);
            }
        }
    }
}
