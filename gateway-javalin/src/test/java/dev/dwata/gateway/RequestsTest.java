package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.types.Json;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RequestsTest {
    private final TestGateway gateway = TestGateway.with(new ScriptedModel().says("Hello."));

    @AfterEach
    void close() {
        gateway.close();
    }

    /// S4-58, S4-206
    @Test
    void refusesAnUnknownMethodAndStaysOpen() {
        Client client = gateway.client();

        JsonNode refused = client.refused("sessions.explode");

        assertThat(refused.get("error").stringValue())
                .startsWith("method 'sessions.explode' is not known; known: agent, agent.cancel, agent.resume,");
        assertThat(refused.get("code").stringValue()).isEqualTo("INVALID_REQUEST");
        assertThat(refused.get("retryable").booleanValue()).isFalse();
        client.settle();
    }

    /// S4-59, S4-207
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "agent            | {}                                       | message is required",
                "agent            | {'message':null}                         | message is required",
                "agent            | {'message':5}                            | message must be a string, not an integer",
                "agent            | {'message':'  '}                         | message must not be empty",
                "agent            | {'message':'x','sessionId':7}            | sessionId must be a string, not an integer",
                "agent            | {'message':'x','sessionId':'7'}          | sessionId must be a UUID, not '7'",
                "agent            | {'message':'x','queueMode':'later'}      | queueMode must be one of queue, steer, interrupt",
                "agent            | {'message':'x','idempotencyKey':'a b'}   | idempotencyKey must be 1 to 128 characters of [A-Za-z0-9._:-]",
                "agent            | {'message':'x','idempotencyKey':''}      | idempotencyKey must be 1 to 128 characters of [A-Za-z0-9._:-]",
                "agent            | {'message':'x','agentName':'nobody'}     | there is no agent 'nobody'; known: default",
                "agent.cancel     | {'runId':'run_1'}                        | runId must be a UUID, not '1'",
                "agent.cancel     | {'runId':'1'}                            | runId must look like run_<uuid>, not '1'",
                "agent.cancel     | {}                                       | sessionId is required: this connection has no current session",
                "sessions.list    | {'limit':'10'}                           | limit must be an integer of 32 bits, not a string",
                "sessions.list    | {'limit':1.5}                            | limit must be an integer of 32 bits, not a number with a fraction",
                "sessions.list    | {'limit':4294967296}                     | limit must be an integer of 32 bits, not an integer",
                "sessions.list    | {'limit':0}                              | limit must be 1 to 200, not 0",
                "sessions.list    | {'limit':201}                            | limit must be 1 to 200, not 201",
                "sessions.list    | {'offset':-1}                            | offset must be 0 or more, not -1",
                "sessions.list    | {'status':'gone'}                        | status must be one of active, archived, error",
                "sessions.list    | {'query':{}}                             | query must be a string, not an object",
                "sessions.attach  | {}                                       | sessionId is required",
                "sessions.attach  | {'sessionId':true}                       | sessionId must be a string, not a boolean",
                "sessions.switch  | {'sessionId':'nope'}                     | sessionId must be a UUID, not 'nope'",
                "sessions.history | {}                                       | sessionId is required: this connection has no current session",
                "sessions.history | {'before':'msg_1'}                       | before: messageId must be a UUID, not '1'",
                "sessions.search  | {'dateFilter':'someday'}                 | dateFilter must be one of today, yesterday, this_week, last_week, not 'someday'",
                "sessions.search  | {'from':'yesterday'}                     | from must be a time such as 2026-01-31T12:00:00.000Z, not a string",
                "sessions.rename  | {'sessionId':'0190b5a0-0000-7000-8000-000000000000'} | title is required",
                "status           | {'sessionId':''}                         | sessionId must be a UUID, not ''",
            })
    void namesTheFieldThatIsWrong(String method, String params, String error) {
        Client client = gateway.client();

        JsonNode response = client.respond(method, Json.MAPPER.readTree(params.replace('\'', '"')));

        assertThat(response.path("error").asString("")).isEqualTo(error);
        assertThat(response.path("code").asString("")).isEqualTo("INVALID_REQUEST");
        client.settle();
        assertThat(gateway.runtime.busySessions()).isEmpty();
    }

    /// S4-60, S4-232
    @ParameterizedTest
    @ValueSource(
            strings = {
                "agent",
                "agent.cancel",
                "sessions.attach",
                "sessions.switch",
                "sessions.history",
                "sessions.archive",
                "sessions.delete",
                "sessions.detach",
                "status"
            })
    void refusesASessionThatIsNotThereAndStaysOpen(String method) {
        Client client = gateway.client();

        JsonNode refused = client.refused(
                method, "sessionId", "0190b5a0-0000-7000-8000-000000000000", "message", "hello", "title", "x");

        assertThat(refused.get("code").stringValue()).isEqualTo("NOT_FOUND");
        client.settle();
    }

    /// S4-30, C14
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                              | null | the message must be a JSON object, not an array",
                "17                                              | null | the message must be a JSON object, not an integer",
                "null                                            | null | the message must be a JSON object, not null",
                "{}                                              | null | id must be a string of 1 to 256 characters",
                "{'type':'req','id':'','method':'status'}        | null | id must be a string of 1 to 256 characters",
                "{'type':'req','id':17,'method':'status'}        | 17   | id must be a string of 1 to 256 characters",
                "{'type':'req','id':1.5,'method':'status'}       | null | id must be a string of 1 to 256 characters",
                "{'type':'req','id':1e999,'method':'status'}     | null | id must be a string of 1 to 256 characters",
                "{'type':'req','id':null,'method':'status'}      | null | id must be a string of 1 to 256 characters",
                "{'type':'req','id':{},'method':'status'}        | null | id must be a string of 1 to 256 characters",
                "{'type':'res','id':'a','method':'status'}       | 'a'  | type must be \"req\"",
                "{'id':'a','method':'status'}                    | 'a'  | type must be \"req\"",
                "{'type':'req','id':'a'}                         | 'a'  | method must be a string",
                "{'type':'req','id':'a','method':5}              | 'a'  | method must be a string",
                "{'type':'req','id':'a','method':'status','params':[]}  | 'a' | params must be an object, not an array",
                "{'type':'req','id':'a','method':'status','params':'x'} | 'a' | params must be an object, not a string",
            })
    void answersWhatIsNoRequestAndStaysOpen(String message, String id, String error) {
        Client client = gateway.client();

        client.raw().text(message.replace('\'', '"'));

        JsonNode response = client.frame(frame -> !frame.path("ok").asBoolean(true));
        assertThat(response.get("id")).isEqualTo(Json.MAPPER.readTree(id.replace('\'', '"')));
        assertThat(response.get("error").stringValue()).isEqualTo(error);
        assertThat(response.get("code").stringValue()).isEqualTo("INVALID_REQUEST");
        client.settle();
    }

    /// S4-57, S4-204, C14
    @ParameterizedTest
    @ValueSource(strings = {"{\"type\":\"req\"", "nonsense", "{\"id\":\"1\",\"id\":\"1\"}", "{} []", "\u0000"})
    void answersWhatIsNotJsonAndCloses(String message) {
        Client client = gateway.client();
        Client other = gateway.client();

        client.raw().text(message);

        assertThat(client.frame(frame -> !frame.path("ok").asBoolean(true))
                        .get("id")
                        .isNull())
                .isTrue();
        assertThat(client.awaitClose()).isEqualTo(4400);
        other.settle();
    }

    /// C14
    @ParameterizedTest
    @ValueSource(ints = {65, 100_000})
    void closesOnJsonThatIsTooDeep(int depth) {
        Client client = gateway.client();

        client.raw().text("[".repeat(depth) + "]".repeat(depth));

        assertThat(client.awaitClose()).isEqualTo(4400);
    }

    /// S4-33, C15
    @Test
    void answersEachRequestOnceAndInOrder() {
        Client client = gateway.client();

        for (int i = 0; i < 100; i++) {
            client.raw().text("{\"type\":\"req\",\"id\":\"same\",\"method\":\"status\"}");
        }
        client.settle();

        assertThat(client.allFrames().stream()
                        .filter(frame -> frame.path("id").asString("").equals("same")))
                .hasSize(100);
    }

    @Test
    void ignoresFieldsItDoesNotKnow() {
        Client client = gateway.client();

        assertThat(client.call("sessions.list", "colour", "blue").get("total").longValue())
                .isZero();
    }

    /// C13
    @Test
    void refusesBinaryMessages() {
        Client client = gateway.client();

        client.raw().frame(true, RawSocket.BINARY, "{}".getBytes(StandardCharsets.UTF_8));

        JsonNode response = client.frame(frame -> !frame.path("ok").asBoolean(true));
        assertThat(response.get("error").stringValue())
                .isEqualTo("binary messages are not part of the protocol: send text");
        assertThat(response.get("id").isNull()).isTrue();
        assertThat(client.awaitClose()).isEqualTo(1003);
    }

    @Test
    void takesAMessageOfOneMebibyteAndNotOfMore() {
        Client client = gateway.client();
        String frame = "{\"type\":\"req\",\"id\":\"big\",\"method\":\"sessions.list\",\"params\":{\"query\":\"%s\"}}";
        int frameLength = frame.length() - 2;

        client.raw().text(frame.formatted("ä".repeat(((1 << 20) - frameLength) / 2)));
        assertThat(client.response("big").get("ok").booleanValue()).isTrue();
        client.raw().text(frame.formatted("x".repeat((1 << 20) - frameLength + 1)));

        assertThat(client.awaitClose()).isEqualTo(1009);
    }

    /// C13: the length that a frame claims is not waited for
    @Test
    void closesOnALongFrameBeforeItIsThere() {
        Client client = gateway.client();
        client.raw().bytes(HexFormat.of().parseHex("81ff000000002000000001020304"));

        client.raw().bytes(new byte[(1 << 20) + 1]);

        assertThat(client.awaitClose()).isEqualTo(1009);
    }

    @Test
    void takesAMessageInFragments() {
        Client client = gateway.client();
        String request = "{\"type\":\"req\",\"id\":\"ä\",\"method\":\"status\"}";
        byte[] bytes = request.getBytes(StandardCharsets.UTF_8);

        for (int i = 0; i < bytes.length; i++) {
            client.raw().frame(i == bytes.length - 1, i == 0 ? RawSocket.TEXT : 0, new byte[] {bytes[i]});
        }

        assertThat(client.response("ä").get("ok").booleanValue()).isTrue();
    }

    /// C13
    @Test
    void closesOnEndlessEmptyFragments() {
        Client client = gateway.client();
        client.raw().frame(false, RawSocket.TEXT, new byte[0]);

        try {
            for (int i = 0; i < 100; i++) {
                client.raw().frame(false, 0, new byte[0]);
            }
        } catch (UncheckedIOException e) {
            // closed before all of them were sent
        }

        assertThat(client.awaitClose()).isEqualTo(1008);
    }

    /// C13
    @ParameterizedTest
    @CsvSource({
        "C1 00, 1002", // a reserved bit: nothing is compressed here, so nothing unpacks to a thousand times its length
        "A1 80 01 02 03 04, 1002",
        "91 80 01 02 03 04, 1002",
        "83 80 01 02 03 04, 1002", // opcodes that are none
        "87 80 01 02 03 04, 1002",
        "8B 80 01 02 03 04, 1002",
        "8F 80 01 02 03 04, 1002",
        "80 80 01 02 03 04, 1002", // the rest of nothing
        "01 81 00 00 00 00 78 81 81 00 00 00 00 78, 1002", // another message within a message
        "81 01 78, 1002", // not masked
        "89 FE 00 7E 00 00 00 00, 1002", // a ping of 126 bytes
        "09 80 00 00 00 00, 1002", // half a ping
        "88 82 00 00 00 00 03 ED, 1002", // closes with 1005
        "88 82 00 00 00 00 03 E7, 1002", // closes with 999
        "88 81 00 00 00 00 03, 1002", // closes with half a code
        "81 81 00 00 00 00 FF, 1007",
        "81 82 00 00 00 00 C0 80, 1007", // NUL in two bytes
        "81 83 00 00 00 00 ED A0 80, 1007", // a surrogate
        "81 86 00 00 00 00 ED A0 BD ED B8 80, 1007", // two of them, as CESU-8 has it
        "81 84 00 00 00 00 F5 80 80 80, 1007",
        "81 82 00 00 00 00 E2 82, 1007", // cut
        "01 82 00 00 00 00 E2 82 80 81 00 00 00 00 78, 1007", // cut between fragments
        "81 FF 40 00 00 00 00 00 00 00 00 00 00 00 00, 1009",
        "81 FF 80 00 00 00 00 00 00 00 00 00 00 00 00, 1009"
    })
    void closesOnBrokenFramesAndHarmsNobody(String bytes, int code) {
        Client client = gateway.client();
        Client other = gateway.client();

        client.raw().bytes(HexFormat.ofDelimiter(" ").parseHex(bytes));

        assertThat(client.awaitClose()).isEqualTo(code);
        other.settle();
    }
}
