package dev.dwata.cli;

import dev.dwata.agent.store.Store;
import dev.dwata.agent.store.Tokens;
import dev.dwata.agent.store.Tokens.NewToken;
import dev.dwata.agent.store.Tokens.Token;
import dev.dwata.cli.home.Installation;
import dev.dwata.cli.home.TokenFile;
import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.cli.output.JsonPrinter;
import dev.dwata.cli.output.Printable;
import dev.dwata.gateway.auth.BearerToken;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dwata token …`: who may use the gateway of a data folder. A gateway that runs hears of every change.
@Command(
        name = "dwata token",
        description = "Shows, makes and ends the tokens that let clients into the gateway of a data folder.",
        sortOptions = false,
        footer = {
            "",
            "  list         each token in force: its id, whose it is, what it is good for, its name",
            "  create       makes one and prints it, this once",
            "  revoke ID    ends one; what is open with it is closed within two seconds",
            "  rotate [ID]  ends one and makes another like it; without ID that of the file 'token', which the",
            "               programs of this machine find by themselves",
            "",
            "Scopes: read, run, approve, admin, daemon. See docs/security.md."
        })
final class TokenCommand implements Callable<Integer> {
    private static final int LINE = 300;
    private static final int MOST_DAYS = 36_500;

    private final Invocation invocation;

    enum Action {
        LIST,
        CREATE,
        REVOKE,
        ROTATE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(index = "0", arity = "0..1", paramLabel = "ACTION", description = "One of those below.")
    Action action = Action.LIST;

    @Parameters(index = "1", arity = "0..1", paramLabel = "ID")
    @Nullable
    String id;

    @Option(names = "--name", paramLabel = "TEXT", description = "What people know the new token by.")
    @Nullable
    String name;

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            split = ",",
            description = "What the new token is good for, several with commas. Default: read,run,approve.")
    List<String> scopes = List.of();

    @Option(names = "--principal", paramLabel = "NAME", description = "Whose the new token is. Default: local.")
    @Nullable
    String principal;

    @Option(names = "--days", paramLabel = "N", description = "How long the new token is in force. Default: always.")
    @Nullable
    Integer days;

    @Mixin
    FolderOption where = new FolderOption();

    @Option(names = "--json", description = "Print a line of JSON for each token.")
    boolean json;

    @Mixin
    HelpOption help = new HelpOption();

    TokenCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    /// A token as it is printed.
    ///
    /// @param token itself, only where it is new
    private record Printed(
            String id,
            String principal,
            String name,
            Set<String> scopes,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable String madeWith,
            @Nullable String token) {
        static Printed of(Token token, @Nullable String text) {
            return new Printed(
                    token.id(),
                    token.owner().id(),
                    token.name(),
                    new TreeSet<>(token.scopes()),
                    token.createdAt(),
                    token.expiresAt(),
                    token.madeWith(),
                    text);
        }
    }

    @Override
    public Integer call() {
        check();
        FolderAccess access = new FolderAccess(invocation, where.dataDir);
        TokenFile file = new TokenFile(access.folder().path(), invocation.streams()::notice);
        try (Store store = Installation.openStore(access.folder())) {
            switch (action) {
                case LIST -> list(store.tokens());
                case CREATE -> create(store.tokens());
                case REVOKE -> revoke(store.tokens(), file);
                case ROTATE -> rotate(store.tokens(), file);
            }
        }
        return ExitCode.ANSWERED;
    }

    private void check() {
        boolean creates = action == Action.CREATE;
        if (!creates && (name != null || principal != null || days != null || !scopes.isEmpty())) {
            throw CommandFailure.usage("--name, --scope, --principal and --days belong to 'dwata token create'");
        }
        if (id != null && (creates || action == Action.LIST)) {
            throw CommandFailure.usage(action + " takes no ID");
        }
        if (id == null && action == Action.REVOKE) {
            throw CommandFailure.usage("which token? dwata token revoke ID; 'dwata token' lists them");
        }
        if (days != null && (days < 1 || days > MOST_DAYS)) {
            throw CommandFailure.usage("--days must be 1 to " + MOST_DAYS + ", not " + days);
        }
    }

    private void list(Tokens tokens) {
        List<Token> all = tokens.list();
        all.forEach(token -> print(token, null));
        if (all.isEmpty() && !json) {
            invocation.streams().out().println("There are no tokens: the first start of a gateway makes one.");
        }
    }

    private void create(Tokens tokens) {
        BearerToken token = BearerToken.create();
        Token made = tokens.add(new NewToken(
                token.secret(),
                owner(),
                name == null ? "" : Printable.line(name.strip(), LINE),
                wanted(),
                days == null ? null : Duration.ofDays(days),
                null));
        reveal(made, token);
    }

    private Principal owner() {
        try {
            return principal == null ? Principal.LOCAL : new Principal(principal);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("--principal: " + e.getMessage());
        }
    }

    private Set<String> wanted() {
        if (scopes.isEmpty()) {
            return Set.of(Scope.READ.wireName(), Scope.RUN.wireName(), Scope.APPROVE.wireName());
        }
        Set<String> known = Arrays.stream(Scope.values()).map(Scope::wireName).collect(Collectors.toSet());
        for (String scope : scopes) {
            if (!known.contains(scope)) {
                throw CommandFailure.usage(
                        "--scope must be of " + String.join(", ", new TreeSet<>(known)) + ", not '" + scope + "'");
            }
        }
        return Set.copyOf(new TreeSet<>(scopes));
    }

    private void revoke(Tokens tokens, TokenFile file) {
        String revoked = String.valueOf(id);
        boolean ofFile =
                file.known(tokens).filter(token -> token.id().equals(revoked)).isPresent();
        tokens.revoke(revoked);
        PrintStream out = invocation.streams().out();
        if (json) {
            new JsonPrinter(out, "").value(Json.MAPPER.createObjectNode().put("revoked", revoked));
        } else {
            out.println(Printable.line(revoked, LINE) + " is revoked");
        }
        if (ofFile) {
            invocation
                    .streams()
                    .notice("programs of this machine used it, from " + file.path()
                            + ": the next start of a gateway writes a new one there");
        }
    }

    private void rotate(Tokens tokens, TokenFile file) {
        String known = file.known(tokens).map(Token::id).orElse(null);
        String old = id == null ? known : id;
        if (old == null) {
            throw CommandFailure.usage("which token? " + file.path() + " holds none in force; 'dwata token' lists all");
        }
        BearerToken token = BearerToken.create();
        Token made = tokens.rotate(old, token.secret());
        if (old.equals(known)) {
            file.write(token);
            invocation.streams().notice("the new token is in " + file.path());
            print(made, null);
        } else {
            reveal(made, token);
        }
    }

    /// The token alone on stdout, for scripts.
    private void reveal(Token made, BearerToken token) {
        if (json) {
            print(made, token.reveal());
            return;
        }
        invocation
                .streams()
                .notice(made.id() + ", of " + made.owner() + ", for " + String.join(",", new TreeSet<>(made.scopes()))
                        + ": it is shown this once");
        invocation.streams().out().println(token.reveal());
    }

    private void print(Token token, @Nullable String text) {
        PrintStream out = invocation.streams().out();
        if (json) {
            new JsonPrinter(out, "").value(Printed.of(token, text));
            return;
        }
        String end = token.expiresAt() == null ? "" : ", until " + Json.format(token.expiresAt());
        out.printf(
                "%-16s  %-12s %-26s %s  (%s%s)%n",
                token.id(),
                token.owner(),
                String.join(",", new TreeSet<>(token.scopes())),
                Printable.line(token.name(), LINE),
                Json.format(token.createdAt()),
                end);
    }
}
