package dev.dwata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.cli.Dwata.Ran;
import dev.dwata.types.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The commands that look after the data, and what a start says of data that is not as it should be. B6, B8,
/// N5, N6
class MaintenanceTest {
    @TempDir
    Path folder;

    private Dwata dwata;
    private Path database;

    @BeforeEach
    void prepare() throws Exception {
        dwata = new Dwata(folder);
        database = dwata.home.resolve("db.sqlite3");
        assertThat(dwata.call("hello there").code()).isZero();
        assertThat(dwata.call("--new", "what is 6 times 7?").code()).isZero();
    }

    @Test
    void aBackupIsRestoredAfterALoss() throws Exception {
        Path backup = folder.resolve("monday");
        Ran made = dwata.call("backup", backup.toString(), "--json");
        assertThat(made.code()).as(made.err()).isZero();
        JsonNode manifest = Json.MAPPER.readTree(made.out());
        assertThat(manifest.path("counts").path("sessions").intValue()).isEqualTo(2);
        assertThat(Json.MAPPER.readTree(Files.readString(folder.resolve("monday.json"))))
                .isEqualTo(manifest);
        assertThat(dwata.call("verify", backup.toString()).code()).isZero();
        assertThat(dwata.call("backup", backup.toString()).code()).isEqualTo(73);
        assertThat(dwata.call("restore", backup.toString()).code()).isEqualTo(73);
        String before = dwata.call("sessions").out();
        Files.delete(database);

        assertThat(dwata.call("sessions").code()).isEqualTo(66);
        assertThat(dwata.call("restore", folder.resolve("tuesday").toString()).code())
                .isEqualTo(66);
        Ran restored = dwata.call("restore", backup.toString());

        assertThat(restored.code()).as(restored.err()).isZero();
        assertThat(dwata.call("sessions").out()).isEqualTo(before);
        assertThat(dwata.call("verify").out()).contains("2 sessions").endsWith("no faults\n");
    }

    @Test
    void aGatewayIsBackedUpAndNeverRestoredOver() throws Exception {
        Path backup = folder.resolve("monday");
        try (Running gateway = dwata.start("gateway", "--port", "0", "--json")) {
            gateway.awaitOut(line -> line.contains("ready"));

            assertThat(dwata.call("backup", backup.toString()).code()).isZero();
            assertThat(dwata.call("verify").code()).isZero();
            Ran doctor = dwata.call("doctor");
            assertThat(doctor.out()).contains("it runs at http://127.0.0.1:").contains("process " + gateway.pid());
            for (String[] command : new String[][] {{"restore", backup.toString()}, {"doctor", "--recover"}}) {
                Ran refused = dwata.call(command);
                assertThat(refused.code()).isEqualTo(75);
                assertThat(refused.err()).contains("process " + gateway.pid());
            }
        }
    }

    @ParameterizedTest // B6
    @ValueSource(longs = {0, 8192, 40_960})
    void aDamagedDatabaseIsRefusedByEveryCommandAndRecovered(long offset) throws Exception {
        damage(offset);
        byte[] damaged = Files.readAllBytes(database);

        Ran gateway = dwata.run("gateway", "--port", "0");
        assertThat(gateway.code()).isEqualTo(65);
        assertThat(gateway.err()).contains("dwata doctor --recover").doesNotContain("\tat ");
        assertThat(dwata.call("hello").code()).isEqualTo(65);
        assertThat(dwata.call("backup", folder.resolve("monday").toString()).code())
                .isEqualTo(65);
        assertThat(dwata.call("verify").code()).isEqualTo(65);
        Ran doctor = dwata.call("doctor", "--json");
        assertThat(doctor.code()).isEqualTo(65);
        assertThat(doctor.out()).contains("\"level\":\"problem\"").contains("doctor --recover");
        assertThat(Files.readAllBytes(database)).isEqualTo(damaged);

        Ran recovered = dwata.call("doctor", "--recover");
        assertThat(recovered.code()).as(recovered.err() + recovered.out()).isZero();
        assertThat(recovered.out()).contains("the damaged database is kept as").endsWith("no faults\n");
        assertThat(dwata.call("--new", "hello again").code()).isZero();
        assertThat(dwata.call("doctor", "--recover").out()).contains("nothing was done");
    }

    @Test // B6
    void halfADatabaseIsRefused() throws Exception {
        try (FileChannel channel = FileChannel.open(database, StandardOpenOption.WRITE)) {
            channel.truncate(Files.size(database) / 2);
        }

        Ran gateway = dwata.run("gateway", "--port", "0");

        assertThat(gateway.code()).isEqualTo(65);
        assertThat(gateway.err()).contains("dwata doctor --recover").doesNotContain("\tat ");
    }

    @Test // B6
    void aDatabaseThatHasVanishedIsNotBegunAnew() throws Exception {
        Files.write(database, new byte[0]);
        Ran empty = dwata.run("gateway", "--port", "0");
        assertThat(empty.code()).isEqualTo(66);
        assertThat(empty.err()).contains("is empty").contains("dwata restore FILE");
        assertThat(database).isEmptyFile();

        Files.delete(database);
        assertThat(dwata.run("gateway", "--port", "0").code()).isEqualTo(66);
        assertThat(dwata.call("verify").code()).isEqualTo(66);
        assertThat(dwata.call("doctor").code()).isEqualTo(65);
        assertThat(dwata.call("doctor", "--recover").code()).isEqualTo(66);
        assertThat(database).doesNotExist();

        Files.delete(dwata.home.resolve("db.sqlite3.initialized"));
        assertThat(dwata.call("hello").code()).isZero();
    }

    @Test
    void theDoctorFindsNothingWhereNothingIsWrongAndShowsNoKey() throws Exception {
        Ran ran = dwata.with("ANTHROPIC_API_KEY", "sk-very-secret").call("doctor");

        assertThat(ran.code()).as(ran.out()).isZero();
        assertThat(ran.out())
                .contains("Java " + Runtime.version())
                .contains("schema ")
                .contains("anthropic/")
                .doesNotContain("problem", "sk-very-secret");
    }

    @Test
    void theDoctorLeavesNothingWhereThereIsNothing() throws Exception {
        Dwata fresh = new Dwata(folder.resolve("fresh"));

        assertThat(fresh.call("doctor").code()).isZero();

        assertThat(fresh.home).doesNotExist();
    }

    private void damage(long offset) throws IOException {
        try (FileChannel channel = FileChannel.open(database, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap("Z".repeat(3000).getBytes(StandardCharsets.US_ASCII)), offset);
        }
    }
}
