package dev.dwata.cli;

import dev.dwata.agent.Session;
import dev.dwata.agent.store.SessionHit;
import dev.dwata.agent.store.SessionPage;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.store.SessionSearch;
import dev.dwata.cli.ask.ChosenSession;
import dev.dwata.cli.home.Backend;
import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.cli.output.Listing;
import dev.dwata.cli.output.StandardStreams;
import dev.dwata.types.SessionInfo;
import dev.dwata.types.SessionStatus;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dwata sessions …`: finds sessions and keeps them in order.
@Command(
        name = "dwata sessions",
        description = "Lists sessions, the latest first, or does something with one.",
        sortOptions = false,
        footer = {
            "",
            "  list                 id, last activity, number of messages, title",
            "  search WORDS         in titles and messages",
            "  show [ID]            default: the last session",
            "  rename ID TITLE",
            "  archive ID           puts it away; a new message brings it back",
            "  delete ID            with everything in it"
        })
final class SessionsCommand implements Callable<Integer> {
    private final Invocation invocation;

    enum Action {
        LIST,
        SEARCH,
        SHOW,
        RENAME,
        ARCHIVE,
        DELETE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(index = "0", arity = "0..1", paramLabel = "ACTION", description = "One of those below.")
    Action action = Action.LIST;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "ARGUMENT")
    List<String> arguments = List.of();

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, 1 to 200. Default: 20.")
    int limit = 20;

    @Option(names = "--archived", description = "List the archived ones.")
    boolean archived;

    @Option(names = "--yes", description = "Delete without asking.")
    boolean yes;

    @Option(names = "--json", description = "Print a line of JSON for each.")
    boolean json;

    @Mixin
    RuntimeOptions options = new RuntimeOptions();

    @Mixin
    HelpOption help = new HelpOption();

    SessionsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (limit < 1 || limit > SessionQuery.MAX_LIMIT) {
            throw CommandFailure.usage("--limit must be 1 to 200, not " + limit);
        }
        checkArguments();
        try (Backend backend = new RuntimeAccess(invocation, options).forLooking()) {
            Listing listing = new Listing(invocation.streams().out(), json, ZoneId.systemDefault());
            switch (action) {
                case LIST -> list(backend, listing);
                case SEARCH -> search(backend, listing);
                case SHOW -> listing.details(chosen(backend).info());
                case RENAME -> chosen(backend).rename(String.join(" ", arguments.subList(1, arguments.size())));
                case ARCHIVE -> archive(backend);
                case DELETE -> {
                    return delete(backend);
                }
            }
        }
        return ExitCode.ANSWERED;
    }

    private void checkArguments() {
        int count = arguments.size();
        boolean fits = switch (action) {
            case LIST -> count == 0;
            case SEARCH -> count >= 1;
            case SHOW -> count <= 1;
            case RENAME -> count >= 2;
            case ARCHIVE, DELETE -> count == 1;
        };
        if (!fits) {
            String needs = switch (action) {
                case LIST -> "nothing else";
                case SEARCH -> "words to look for";
                case SHOW -> "at most one id";
                case RENAME -> "an id and a title";
                case ARCHIVE, DELETE -> "one id";
            };
            throw CommandFailure.usage("'dwata sessions " + action + "' takes " + needs);
        }
    }

    private void list(Backend backend, Listing listing) {
        SessionStatus status = archived ? SessionStatus.ARCHIVED : null;
        SessionPage page = backend.runtime().sessions(new SessionQuery(limit, 0, null, status));
        page.sessions().forEach(session -> listing.session(session, null));
        if (page.sessions().isEmpty()) {
            listing.nothing(archived ? "No archived sessions." : "No sessions yet.");
        } else if (page.total() > page.sessions().size()) {
            listing.nothing("(" + page.total() + " in all)");
        }
    }

    private void search(Backend backend, Listing listing) {
        SessionSearch search = new SessionSearch(String.join(" ", arguments), null, null, limit);
        List<SessionHit> hits = backend.runtime().search(search);
        hits.forEach(hit -> listing.session(hit.session(), hit.snippet()));
        if (hits.isEmpty()) {
            listing.nothing("No session has these words.");
        }
    }

    private Session chosen(Backend backend) {
        String named = arguments.isEmpty() ? null : arguments.getFirst();
        return new ChosenSession(backend, invocation.streams()).existing(named);
    }

    private void archive(Backend backend) {
        Session session = chosen(backend);
        session.archive();
        forget(backend, session);
    }

    private int delete(Backend backend) {
        StandardStreams streams = invocation.streams();
        Session session = chosen(backend);
        SessionInfo info = session.info();
        if (!yes
                && !new Confirmation(streams)
                        .agrees("Delete \"" + info.title() + "\" with its " + info.messageCount() + " messages?")) {
            streams.notice("nothing was deleted; --yes deletes without asking");
            return ExitCode.DENIED;
        }
        backend.delete(session.id());
        forget(backend, session);
        return ExitCode.ANSWERED;
    }

    private void forget(Backend backend, Session session) {
        try {
            backend.lastSession().forget(session.id());
        } catch (IOException e) {
            invocation.streams().notice("the last session could not be forgotten: " + e.getMessage());
        }
    }
}
