package dev.dwata.cli.home;

import dev.dwata.agent.store.Tokens;
import dev.dwata.agent.store.Tokens.NewToken;
import dev.dwata.agent.store.Tokens.Token;
import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.gateway.auth.BearerToken;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.types.Principal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The file `token` of a data folder: one line, which lets its owner's programs into the gateway of that
/// folder. Nobody else may read it. Where it is empty nobody is let in by it.
public final class TokenFile {
    static final String NAME = "token";

    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");

    private final Path file;
    private final Consumer<String> notices;

    /// @param notices takes a sentence that the person should know
    public TokenFile(Path dataFolder, Consumer<String> notices) {
        this.file = dataFolder.resolve(NAME);
        this.notices = notices;
    }

    public Path path() {
        return file;
    }

    /// What it holds, if that looks like a token.
    ///
    /// @throws CommandFailure if it is not to be trusted, or cannot be read
    public Optional<String> read() {
        String text = text();
        String token = text == null ? "" : text.replaceFirst("^\uFEFF", "").strip();
        return BearerToken.isOne(token) ? Optional.of(token) : Optional.empty();
    }

    /// The token it holds, where that is in force.
    public Optional<Token> known(Tokens tokens) {
        return read().flatMap(token -> tokens.find(BearerToken.hash(token)));
    }

    /// Sees to it that it holds a token that is in force.
    ///
    /// @throws CommandFailure if it is not to be trusted, or cannot be written
    public void ensure(Tokens tokens) {
        String text = text();
        if (text != null && known(tokens).isPresent()) {
            return;
        }
        BearerToken token = BearerToken.create();
        tokens.add(new NewToken(token.secret(), Principal.LOCAL, "file " + NAME, allScopes(), null, null));
        write(token);
        notices.accept(
                text == null
                        ? "a token for this user's programs was written to " + file
                        : "what " + file + " held is not a token in force; a new one is in it now");
    }

    /// Replaces what it holds.
    ///
    /// @throws CommandFailure if it cannot be written
    public void write(BearerToken token) {
        try {
            SmallFile.write(file, token.reveal() + "\n");
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.CANNOT_CREATE, file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static Set<String> allScopes() {
        return Arrays.stream(Scope.values()).map(Scope::wireName).collect(Collectors.toUnmodifiableSet());
    }

    private @Nullable String text() {
        try {
            check();
            return SmallFile.read(file);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.CONFIGURATION, file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /// A link may lead to what others can write, and so may a file of somebody else's.
    private void check() throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            return;
        }
        PosixFileAttributes attributes = view.readAttributes();
        if (!attributes.isRegularFile()) {
            throw refused(attributes.isSymbolicLink() ? "it is a symbolic link" : "it is not a file");
        }
        if (!attributes.owner().equals(Files.getOwner(file.toAbsolutePath().getParent()))) {
            throw refused("it belongs to " + attributes.owner().getName() + ", who does not own the folder");
        }
        if (!attributes.permissions().equals(PRIVATE)) {
            view.setPermissions(PRIVATE);
            notices.accept(
                    file + " could be opened by others (" + PosixFilePermissions.toString(attributes.permissions())
                            + "), which is mended; 'dwata token rotate' makes what they may have read worthless");
        }
    }

    private CommandFailure refused(String why) {
        return new CommandFailure(
                ExitCode.CONFIGURATION,
                file + " is not used: " + why + "; remove it, the next gateway writes a new one");
    }
}
