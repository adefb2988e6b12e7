package dev.dwata.cli;

import dev.dwata.agent.store.Memory;
import dev.dwata.agent.store.Memory.Entry;
import dev.dwata.agent.store.Store;
import dev.dwata.cli.home.Installation;
import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.cli.output.JsonPrinter;
import dev.dwata.cli.output.Printable;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dwata memory …`: what agents remember, straight from the data folder, also while a gateway has it open.
@Command(
        name = "dwata memory",
        description = "Shows, finds and changes what agents remember.",
        sortOptions = false,
        footer = {
            "",
            "  list [PREFIX]        by key; a * marks what is pinned: models are told it in every run",
            "  search WORDS         the best first; with --session also what is kept for all",
            "  get KEY              the whole value",
            "  set KEY VALUE        --pin pins it, --no-pin does the opposite, else that stays as it was",
            "  delete KEY"
        })
final class MemoryCommand implements Callable<Integer> {
    private static final int LINE = 200;

    private final Invocation invocation;

    enum Action {
        LIST,
        SEARCH,
        GET,
        SET,
        DELETE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @param scope `user` or `session`
    private record Line(String scope, String key, String value, boolean pinned, Instant createdAt, Instant updatedAt) {
        static Line of(Memory.Scope scope, Entry entry) {
            return new Line(
                    scope.session() == null ? "user" : "session",
                    entry.key(),
                    entry.value(),
                    entry.pinned(),
                    entry.createdAt(),
                    entry.updatedAt());
        }
    }

    @Parameters(index = "0", arity = "0..1", paramLabel = "ACTION", description = "One of those below.")
    Action action = Action.LIST;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "ARGUMENT")
    List<String> arguments = List.of();

    @Option(names = "--session", paramLabel = "ID", description = "What is kept for this session alone.")
    @Nullable
    String session;

    @Option(names = "--pin", negatable = true, description = "Of set: tell models of it in every run, or not.")
    @Nullable
    Boolean pin;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, 1 to 10000. Default: 200.")
    int limit = 200;

    @Option(names = "--json", description = "Print a line of JSON for each.")
    boolean json;

    @Mixin
    FolderOption where = new FolderOption();

    @Mixin
    HelpOption help = new HelpOption();

    MemoryCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        check();
        Memory.Scope scope = new Memory.Scope(Principal.LOCAL, sessionId());
        try (Store store = Installation.openStore(new FolderAccess(invocation, where.dataDir).folder())) {
            if (scope.session() != null
                    && store.sessions().find(scope.owner(), scope.session()).isEmpty()) {
                throw new CommandFailure(ExitCode.FAILED, "there is no session " + scope.session());
            }
            return answer(store.memory(), scope);
        }
    }

    private void check() {
        if (limit < 1 || limit > Memory.MOST_FACTS) {
            throw CommandFailure.usage("--limit must be 1 to " + Memory.MOST_FACTS + ", not " + limit);
        }
        if (pin != null && action != Action.SET) {
            throw CommandFailure.usage("--pin belongs to 'dwata memory set'");
        }
        int count = arguments.size();
        boolean fits = switch (action) {
            case LIST -> count <= 1;
            case SEARCH -> count >= 1;
            case GET, DELETE -> count == 1;
            case SET -> count >= 2;
        };
        if (!fits) {
            String needs = switch (action) {
                case LIST -> "at most the beginning of a key";
                case SEARCH -> "words to look for";
                case GET, DELETE -> "one key";
                case SET -> "a key and a value";
            };
            throw CommandFailure.usage("'dwata memory " + action + "' takes " + needs);
        }
    }

    private @Nullable SessionId sessionId() {
        try {
            return session == null ? null : new SessionId(session.strip());
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("'" + session + "' is not the id of a session; 'dwata sessions' lists them");
        }
    }

    private int answer(Memory memory, Memory.Scope scope) {
        return switch (action) {
            case LIST -> list(memory.page(scope, arguments.isEmpty() ? "" : arguments.getFirst(), limit), scope);
            case SEARCH -> search(memory.search(scope.owner(), scope.session(), joined(0), limit));
            case GET -> get(memory, scope);
            case SET -> {
                memory.set(scope, arguments.getFirst(), joined(1), pin);
                yield ExitCode.ANSWERED;
            }
            case DELETE -> memory.delete(scope, arguments.getFirst()) ? ExitCode.ANSWERED : nothing();
        };
    }

    private int list(Memory.Page page, Memory.Scope scope) {
        for (Entry entry : page.entries()) {
            print(Line.of(scope, entry), entry.value());
        }
        if (page.entries().size() < page.total()) {
            invocation.streams().notice("that is not all: there are " + page.total() + "; --limit shows more");
        } else if (page.total() == 0) {
            invocation.streams().notice("nothing is kept");
        }
        return ExitCode.ANSWERED;
    }

    private int search(List<Memory.Hit> hits) {
        hits.forEach(hit -> print(Line.of(hit.scope(), hit.entry()), hit.snippet()));
        if (hits.isEmpty()) {
            invocation.streams().notice("nothing that is kept has these words");
        }
        return ExitCode.ANSWERED;
    }

    private int get(Memory memory, Memory.Scope scope) {
        Entry entry = memory.get(scope, arguments.getFirst()).orElse(null);
        if (entry == null) {
            return nothing();
        }
        if (json) {
            new JsonPrinter(out(), "").value(Line.of(scope, entry));
        } else {
            out().println(Printable.text(entry.value()));
        }
        return ExitCode.ANSWERED;
    }

    private int nothing() {
        invocation.streams().notice("nothing is kept under '" + Printable.line(arguments.getFirst(), LINE) + "'");
        return ExitCode.FAILED;
    }

    private void print(Line line, String shown) {
        if (json) {
            new JsonPrinter(out(), "").value(line);
        } else {
            String mark = line.pinned ? "*" : " ";
            out().println(mark + " " + Printable.line(line.key, LINE) + ": " + Printable.line(shown, LINE));
        }
    }

    private String joined(int from) {
        return String.join(" ", arguments.subList(from, arguments.size()));
    }

    private PrintStream out() {
        return invocation.streams().out();
    }
}
