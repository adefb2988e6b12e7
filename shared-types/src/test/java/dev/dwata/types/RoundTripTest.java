package dev.dwata.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.types.wire.Frame;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class RoundTripTest {
    static Stream<Class<?>> sent() {
        return Samples.records().stream()
                .filter(type -> !AgentError.class.isAssignableFrom(type))
                .filter(type -> !AgentEvent.class.isAssignableFrom(type))
                .filter(type -> type != Envelope.class && type != Part.Unknown.class);
    }

    static Stream<Class<?>> events() {
        return Samples.records().stream()
                .filter(AgentEvent.class::isAssignableFrom)
                .filter(type -> type != AgentEvent.Unknown.class);
    }

    static Stream<Class<?>> errors() {
        return Samples.records().stream().filter(AgentError.class::isAssignableFrom);
    }

    static Stream<Class<?>> parts() {
        return Stream.of(Part.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("sent")
    void everyRecordComesBackAsItWas(Class<?> type) {
        for (Object sample : List.of(Samples.full(type), Samples.sparse(type))) {
            assertThat((Object) Json.MAPPER.readValue(Json.MAPPER.writeValueAsString(sample), type))
                    .isEqualTo(sample);
        }
    }

    @ParameterizedTest
    @MethodSource("sent")
    void aFieldThatANewerVersionAddsIsIgnored(Class<?> type) {
        JsonNode tree = Json.MAPPER.valueToTree(Samples.full(type));
        if (tree instanceof ObjectNode object && !Part.class.isAssignableFrom(type)) {
            object.put("somethingNew", 1);
            assertThat((Object) Json.MAPPER.treeToValue(object, type)).isEqualTo(Samples.full(type));
        }
    }

    @ParameterizedTest
    @MethodSource("sent")
    void absentFieldsAreLeftOut(Class<?> type) {
        assertThat(Json.MAPPER.writeValueAsString(Samples.sparse(type))).doesNotContain("null");
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventComesBackFromItsNameAndPayload(Class<?> type) {
        for (Object sample : List.of(Samples.full(type), Samples.sparse(type))) {
            AgentEvent event = (AgentEvent) sample;
            assertThat(EventCodec.read(EventCodec.name(event), EventCodec.payload(event)))
                    .isEqualTo(event);
        }
    }

    @ParameterizedTest
    @MethodSource("errors")
    void everyErrorComesBackFromItsPayload(Class<?> type) {
        AgentError error = error(type);

        ErrorPayload payload = ErrorPayload.of(error, true);

        assertThat(payload.errorCode()).isEqualTo(error.code().name());
        assertThat(Json.MAPPER
                        .readValue(Json.MAPPER.writeValueAsString(payload), ErrorPayload.class)
                        .toError())
                .isEqualTo(error);
    }

    @ParameterizedTest
    @MethodSource("parts")
    void everyPartComesBackThroughItsInterface(Class<?> type) {
        Part part = type == Part.Unknown.class
                ? new Part.Unknown(
                        Json.MAPPER.createObjectNode().put("type", "hologram").put("depth", 3))
                : (Part) Samples.full(type);

        String json = Json.MAPPER.writerFor(Part.class).writeValueAsString(part);

        assertThat(Json.MAPPER.readValue(json, Part.class)).isEqualTo(part);
    }

    @Test
    void aPartOfANewerVersionIsKeptAsItCame() {
        String json = "{\"role\":\"assistant\",\"parts\":[{\"type\":\"hologram\",\"depth\":3}]}";

        assertThat(Json.MAPPER.writeValueAsString(Json.MAPPER.readValue(json, Message.class)))
                .isEqualTo(json);
    }

    @Test
    void anEventOfANewerVersionIsKeptAsItCame() {
        AgentEvent event = EventCodec.read("teleported", "{\"to\":\"mars\"}");

        assertThat(event).isInstanceOf(AgentEvent.Unknown.class);
        assertThat(EventCodec.name(event)).isEqualTo("teleported");
        assertThat(EventCodec.payload(event)).isEqualTo("{\"to\":\"mars\"}");
    }

    @Test
    void anEventWhosePayloadDoesNotFitIsKeptAsItCame() {
        assertThat(EventCodec.read("tool_call", "{\"approval\":\"perhaps\"}")).isInstanceOf(AgentEvent.Unknown.class);
    }

    @Test
    void errorsTellFatalFromPassing() {
        AgentError error = new AgentError.ToolFailed("no such file");

        assertThat(EventCodec.payload(new AgentEvent.ErrorReported(error)))
                .isEqualTo("{\"message\":\"no such file\",\"errorCode\":\"TOOL_FAILED\",\"retryable\":false,"
                        + "\"fatal\":false}");
        assertThat(EventCodec.payload(new AgentEvent.RunFailed(new AgentError.LimitReached("stop", "maxTurns", 30))))
                .contains("\"fatal\":true", "\"details\":{", "\"limit\":\"maxTurns\"", "\"value\":30");
    }

    @Test
    void anErrorCodeOfANewerVersionBecomesInternal() {
        ErrorPayload payload = new ErrorPayload("odd", "SOMETHING_NEW", true, null, true, null);

        assertThat(payload.toError()).isEqualTo(new AgentError.Internal("odd"));
    }

    @Test
    void framesNameTheirType() {
        Frame frame = new Frame.Req("1", "status", null);

        String json = Json.MAPPER.writerFor(Frame.class).writeValueAsString(frame);

        assertThat(json).isEqualTo("{\"type\":\"req\",\"id\":\"1\",\"method\":\"status\"}");
        assertThat(Json.MAPPER.readValue(json, Frame.class)).isEqualTo(frame);
    }

    private static AgentError error(Class<?> type) {
        if (type == AgentError.Conflict.class) {
            return new AgentError.Conflict("ahead", Map.of("headSeq", 7));
        }
        if (type == AgentError.RateLimited.class) {
            return new AgentError.RateLimited("slowly", Duration.ofSeconds(3));
        }
        if (type == AgentError.ModelUnavailable.class) {
            return new AgentError.ModelUnavailable("busy", Duration.ofMillis(1500));
        }
        return (AgentError) Samples.full(type);
    }
}
