package dev.dwata.gateway.openai;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.Session;
import dev.dwata.agent.store.MessagePage;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.gateway.openai.SentHistory.Round;
import dev.dwata.types.AgentException;
import dev.dwata.types.InputId;
import dev.dwata.types.InputKind;
import dev.dwata.types.InputRequest;
import dev.dwata.types.MessageId;
import dev.dwata.types.Role;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionInfo;
import dev.dwata.types.StoredMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the session that a conversation goes on in, by what its log holds: nothing else is remembered, so it
/// is found after a restart as well.
final class KnownSessions {
    /// The context of the sessions that were made here.
    static final String CONTEXT = "openai";

    private static final int MOST_PAGES = 5;
    private static final int CANDIDATES = 20;

    private final LocalRuntime runtime;

    KnownSessions(LocalRuntime runtime) {
        this.runtime = runtime;
    }

    /// The latest session whose conversation is what the request brings along.
    ///
    /// @param view of the caller
    Optional<Session> continued(AgentRuntime view, String agent, SentHistory history) {
        if (history.before().isEmpty()) {
            return Optional.empty();
        }
        String root = history.root();
        SessionQuery query = new SessionQuery(SessionQuery.MAX_LIMIT, 0, null, null, CONTEXT);
        return view.sessions(query).sessions().stream()
                .filter(session -> root.equals(session.itemId()) && agent.equals(session.agentName()))
                .limit(CANDIDATES)
                .filter(session -> isIdle(session.id()))
                .map(SessionInfo::id)
                .map(view::session)
                .filter(session -> holds(session, history))
                .findFirst();
    }

    private boolean isIdle(SessionId session) {
        return runtime.activity(session).activeRun() == null
                && runtime.activity(session).queued() == 0;
    }

    /// Whether every round that was brought along is one of the session's, and it has no others.
    private boolean holds(Session session, SentHistory history) {
        List<Round> stored = rounds(session);
        List<Round> sent = history.before();
        int brought = sent.size() - stored.size();
        if (stored.isEmpty() || brought < 0) {
            return false;
        }
        String opening = history.opening(brought, sent.get(brought).user());
        for (int i = 0; i < stored.size(); i++) {
            String user = i == 0 ? opening : sent.get(brought + i).user();
            boolean same = stored.get(i).user().equals(runtime.redaction().knownIn(user))
                    && words(stored.get(i).assistant())
                            .equals(words(sent.get(brought + i).assistant()));
            if (!same) {
                return false;
            }
        }
        return true;
    }

    /// Callers keep line breaks in their own way.
    private static String words(String text) {
        return text.replaceAll("\\s+", "");
    }

    /// Empty where there is too much to compare.
    private static List<Round> rounds(Session session) {
        List<StoredMessage> messages = new ArrayList<>();
        @Nullable MessageId before = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            MessagePage older = session.history(SessionQuery.MAX_LIMIT, before);
            messages.addAll(0, older.messages());
            if (!older.hasMore()) {
                return rounds(messages);
            }
            before = older.messages().getFirst().id();
        }
        return List.of();
    }

    private static List<Round> rounds(List<StoredMessage> messages) {
        List<Round> rounds = new ArrayList<>();
        for (StoredMessage message : messages) {
            String text = message.message().text();
            if (message.role() == Role.USER) {
                rounds.add(new Round(List.of(), text, ""));
            } else if (message.role() == Role.ASSISTANT && !rounds.isEmpty() && !message.partial()) {
                Round last = rounds.removeLast();
                rounds.add(new Round(List.of(), last.user(), last.assistant() + text));
            }
        }
        return rounds;
    }

    /// What waits for the results that a request brings: one request for each, all of one run.
    ///
    /// @return empty where they are not waited for, or not any more
    static List<InputRequest> awaiting(AgentRuntime view, List<ChatMessage> results) {
        List<InputRequest> open;
        try {
            List<InputId> ids = results.stream()
                    .map(result -> new InputId(String.valueOf(result.answers())))
                    .toList();
            open = view.inputs(null).stream()
                    .filter(request ->
                            ids.contains(request.id()) && request.asked().kind() == InputKind.CLIENT_TOOL)
                    .toList();
        } catch (IllegalArgumentException | AgentException e) {
            return List.of();
        }
        boolean all = open.size() == results.size()
                && open.stream().map(InputRequest::runId).distinct().count() == 1;
        return all ? open : List.of();
    }
}
