package dev.dwata.cli.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.store.Store;
import dev.dwata.agent.store.Tokens.Token;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.cli.output.CommandFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// F1, F3: what lets this machine's programs in is private, or not used.
class TokenFileTest {
    @TempDir
    Path folder;

    private final List<String> notices = new ArrayList<>();
    private final Store store = new InMemoryStore();
    private Path path;
    private TokenFile file;

    @BeforeEach
    void prepare() {
        path = folder.resolve("token");
        file = new TokenFile(folder, notices::add);
    }

    private String permissions() throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void isWrittenOnceForItsOwnerOnly() throws Exception {
        file.ensure(store.tokens());
        String first = Files.readString(path);
        file.ensure(store.tokens());

        assertThat(first).matches("[A-Za-z0-9_-]{43}\n").isEqualTo(Files.readString(path));
        assertThat(permissions()).isEqualTo("rw-------");
        assertThat(notices).singleElement().asString().contains(path.toString()).doesNotContain(first.strip());
        assertThat(store.tokens().list()).singleElement().satisfies(token -> {
            assertThat(token.scopes()).containsExactlyInAnyOrder("read", "run", "approve", "admin", "daemon");
            assertThat(token.owner().id()).isEqualTo("local");
        });
    }

    @Test
    void whatOthersCouldReadIsMadePrivate() throws Exception {
        file.ensure(store.tokens());
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
        notices.clear();

        assertThat(file.read()).isPresent();

        assertThat(permissions()).isEqualTo("rw-------");
        assertThat(notices).singleElement().asString().contains("rw-r--r--", "dwata token rotate");
    }

    @Test
    void anEmptyOneLetsNobodyInAndIsReplaced() throws Exception {
        for (String content : List.of("", "\n", "short\n", "{\"token\":1}")) {
            Files.writeString(path, content);
            assertThat(file.read()).as(content).isEmpty();

            file.ensure(store.tokens());

            assertThat(file.known(store.tokens())).isPresent();
        }
    }

    @Test
    void aMarkAtItsBeginningAndALineEndDoNotMatter() throws Exception {
        file.ensure(store.tokens());
        String token = Files.readString(path).strip();
        Files.writeString(path, "\uFEFF" + token + "\r\n");

        assertThat(file.read()).contains(token);
        assertThat(file.known(store.tokens())).isPresent();
    }

    @Test
    void oneThatWasRevokedIsReplaced() throws Exception {
        file.ensure(store.tokens());
        String before = Files.readString(path);
        Token known = file.known(store.tokens()).orElseThrow();
        store.tokens().revoke(known.id());

        file.ensure(store.tokens());

        assertThat(Files.readString(path)).isNotEqualTo(before);
        assertThat(file.known(store.tokens())).isPresent();
    }

    @Test
    void aLinkIsNotFollowedAndAFolderIsNoFile() throws Exception {
        Path elsewhere = folder.resolve("elsewhere");
        Files.writeString(elsewhere, "x".repeat(43));
        Files.createSymbolicLink(path, elsewhere);
        assertThatThrownBy(file::read)
                .isInstanceOfSatisfying(
                        CommandFailure.class, e -> assertThat(e.exitCode()).isEqualTo(78))
                .hasMessageContaining("symbolic link");
        assertThatThrownBy(() -> file.ensure(store.tokens())).isInstanceOf(CommandFailure.class);
        assertThat(Files.readString(elsewhere)).hasSize(43);

        Files.delete(path);
        Files.createDirectory(path);
        assertThatThrownBy(file::read).isInstanceOf(CommandFailure.class);
    }
}
