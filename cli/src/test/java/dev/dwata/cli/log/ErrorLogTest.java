package dev.dwata.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.redaction.Redaction;
import dev.dwata.types.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import tools.jackson.databind.JsonNode;

class ErrorLogTest {
    private static final String SECRET = "quoted\"secret-9Zr4";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ErrorLog log = new ErrorLog(
            new PrintStream(bytes, true, StandardCharsets.UTF_8),
            Redaction.of(List.of(SECRET)),
            Clock.fixed(Instant.parse("2026-01-05T10:00:00Z"), ZoneOffset.UTC));
    private final Logs logs = new Logs(log, Level.WARN);
    private final Logger logger = logs.getLogger("dev.dwata.Some");

    private List<JsonNode> lines() {
        return bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .map(Json.STRICT::readTree)
                .toList();
    }

    @Test
    void anErrorWithItsStackAndALineBreakInTheMessageIsOneLine() {
        log.format(LogFormat.JSON);

        logger.error("it\nfailed with {}", SECRET, new IllegalStateException("because\n\u001b[31mof " + SECRET));

        JsonNode line = lines().getFirst();
        assertThat(lines()).hasSize(1);
        assertThat(line.path("time").stringValue()).isEqualTo("2026-01-05T10:00:00.000Z");
        assertThat(line.path("level").stringValue()).isEqualTo("ERROR");
        assertThat(line.path("logger").stringValue()).isEqualTo("dev.dwata.Some");
        assertThat(line.path("message").stringValue()).isEqualTo("it\nfailed with [redacted]");
        assertThat(line.path("error").path("class").stringValue()).isEqualTo("java.lang.IllegalStateException");
        assertThat(line.path("error").path("message").stringValue()).isEqualTo("because\n\u001b[31mof [redacted]");
        assertThat(line.path("error").path("stack").stringValue())
                .contains("\tat ", "anErrorWithItsStack")
                .doesNotContain("9Zr4");
        assertThat(bytes.toString(StandardCharsets.UTF_8)).doesNotContain("\u001b");
    }

    @Test
    void fieldsOfAnEventAreFieldsOfTheLine() {
        log.format(LogFormat.JSON);
        logs.tell("dwata.access");

        logs.getLogger("dwata.access")
                .atInfo()
                .addKeyValue("status", 200)
                .addKeyValue("route", SECRET)
                .log("GET {}", 200);

        JsonNode line = lines().getFirst();
        assertThat(line.path("status").intValue()).isEqualTo(200);
        assertThat(line.path("route").stringValue()).isEqualTo("[redacted]");
        assertThat(line.path("message").stringValue()).isEqualTo("GET 200");
    }

    @Test
    void whatOthersPrintBecomesALineAsSoonAsItIsComplete() {
        log.format(LogFormat.JSON);
        PrintStream printed = log.printed("dwata", Level.INFO);

        printed.print("dwata: half");
        assertThat(bytes.size()).isZero();
        printed.print(" and half\nrest\r\n\n");

        assertThat(lines())
                .extracting(line -> line.path("message").stringValue())
                .containsExactly("half and half", "rest");
    }

    @Test
    void textIsALineForPeopleAndTellsOnlyWarnings() {
        logger.info("not told");
        logger.warn("one\ntwo");
        log.printed("dwata", Level.INFO).println("dwata: a notice");

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("WARN Some - one\n    two\ndwata: a notice\n");
    }
}
