package dev.dwata.cli.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.cli.output.CommandFailure;
import dev.dwata.types.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The files that the command line keeps in the data folder.
class SmallFilesTest {
    private static final RunningGateway GATEWAY =
            new RunningGateway("http://127.0.0.1:3336", ProcessHandle.current().pid(), "/somewhere", "1");

    @TempDir
    Path folder;

    @Test
    void keepsTheLastSessionInAFileForItsOwnerOnly() throws IOException { // S4-199
        SessionId session = SessionId.create();
        LastSession.of(folder).keep(session);

        assertThat(LastSession.of(folder).find()).contains(session);
        assertThat(Files.readString(folder.resolve("cli_session"))).isEqualTo(session + "\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("cli_session"))))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void keepsASessionForEachGatewayElsewhere() throws IOException {
        SessionId here = SessionId.create();
        SessionId there = SessionId.create();
        LastSession.of(folder).keep(here);
        LastSession.at(folder, "http://10.0.0.1:3336").keep(there);

        assertThat(LastSession.of(folder).find()).contains(here);
        assertThat(LastSession.at(folder, "ws://10.0.0.1:3336/ws").find()).contains(there);
        assertThat(LastSession.at(folder, "http://10.0.0.2:3336").find()).isEmpty();
    }

    @Test
    void forgetsOnlyTheSessionThatIsGone() throws IOException {
        SessionId session = SessionId.create();
        LastSession.of(folder).keep(session);

        LastSession.of(folder).forget(SessionId.create());
        assertThat(LastSession.of(folder).find()).contains(session);
        LastSession.of(folder).forget(session);
        assertThat(LastSession.of(folder).find()).isEmpty();
    }

    @Test
    void findsNoSessionInAFileThatHoldsNone() throws IOException {
        Files.writeString(folder.resolve("cli_session"), "nonsense");

        assertThat(LastSession.of(folder).find()).isEmpty();
    }

    @Test
    void findsTheGatewayThatRuns() throws IOException {
        GATEWAY.announce(folder);

        assertThat(RunningGateway.find(folder)).contains(GATEWAY);
        assertThat(GATEWAY.isAt("ws://localhost:3336/ws")).isTrue();
        assertThat(GATEWAY.isAt("http://127.0.0.1:3336/")).isTrue();
        assertThat(GATEWAY.isAt("http://127.0.0.1:3337")).isFalse();
    }

    @Test
    void removesWhatAGatewayHasLeftBehind() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        assertThat(gone.waitFor()).isZero();
        new RunningGateway(GATEWAY.url(), gone.pid(), "/somewhere", "1").announce(folder);

        assertThat(RunningGateway.find(folder)).isEmpty();
        assertThat(folder.resolve("gateway.json")).doesNotExist();
    }

    @Test
    void takesABrokenFileForNone() throws IOException {
        Files.writeString(folder.resolve("gateway.json"), "{\"url\":");
        assertThat(RunningGateway.find(folder)).isEmpty();

        Files.writeString(folder.resolve("gateway.json"), "{\"pid\":1}");
        assertThat(RunningGateway.find(folder)).isEmpty();
    }

    @Test
    void letsOneGatewayHaveTheFolder() {
        GatewayLock first = GatewayLock.take(folder);
        assertThatThrownBy(() -> GatewayLock.take(folder))
                .isInstanceOfSatisfying(
                        CommandFailure.class, e -> assertThat(e.exitCode()).isEqualTo(75))
                .hasMessageContaining("process " + ProcessHandle.current().pid());
        first.close();

        GatewayLock.take(folder).close();
    }
}
