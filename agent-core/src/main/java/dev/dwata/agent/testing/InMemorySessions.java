package dev.dwata.agent.testing;

import dev.dwata.agent.store.CleanText;
import dev.dwata.agent.store.MessagePage;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.Refusal;
import dev.dwata.agent.store.SearchWords;
import dev.dwata.agent.store.SessionHit;
import dev.dwata.agent.store.SessionPage;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.store.SessionSearch;
import dev.dwata.agent.store.Sessions;
import dev.dwata.agent.store.Transcript;
import dev.dwata.types.MessageId;
import dev.dwata.types.Principal;
import dev.dwata.types.Role;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionInfo;
import dev.dwata.types.SessionStatus;
import dev.dwata.types.StoredMessage;
import dev.dwata.types.ToolCallInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

final class InMemorySessions implements Sessions {
    private static final Comparator<SessionInfo> NEWEST_FIRST = Comparator.comparing(SessionInfo::lastActivity)
            .thenComparing(SessionInfo::id)
            .reversed();

    private final StoredState state;

    InMemorySessions(StoredState state) {
        this.state = state;
    }

    @Override
    public SessionInfo create(Principal owner, NewSession wanted) {
        NewSession clean = CleanText.of(wanted);
        return state.locked(() ->
                state.create(SessionId.create(), owner, clean, state.now()).info());
    }

    @Override
    public Optional<SessionInfo> find(Principal owner, SessionId id) {
        return state.locked(() -> Optional.ofNullable(state.sessions.get(id))
                .filter(session -> session.owner.equals(owner))
                .map(SessionState::info));
    }

    @Override
    public boolean isTaken(SessionId id) {
        return state.locked(() -> state.sessions.containsKey(id));
    }

    @Override
    public SessionPage list(Principal owner, SessionQuery query) {
        SearchWords words = SearchWords.of(query.query());
        return state.locked(() -> {
            List<SessionInfo> all = sessions(owner)
                    .filter(session -> snippet(session, words).isPresent())
                    .map(SessionState::info)
                    .filter(info -> hasStatus(info, query.status()))
                    .filter(info -> isOrAny(query.contextType(), info.contextType())
                            && isOrAny(query.itemId(), info.itemId())
                            && isOrAny(query.projectId(), info.projectId()))
                    .sorted(NEWEST_FIRST)
                    .toList();
            return new SessionPage(
                    all.stream().skip(query.offset()).limit(query.limit()).toList(), all.size());
        });
    }

    @Override
    public List<SessionHit> search(Principal owner, SessionSearch search) {
        SearchWords words = SearchWords.of(search.query());
        return state.locked(() -> sessions(owner)
                .filter(session -> session.hasMessageBetween(search.from(), search.to()))
                .flatMap(session ->
                        snippet(session, words).stream().map(snippet -> new SessionHit(session.info(), snippet)))
                .filter(hit -> hasStatus(hit.session(), null))
                .sorted(Comparator.comparing(SessionHit::session, NEWEST_FIRST))
                .limit(search.limit())
                .toList());
    }

    private Stream<SessionState> sessions(Principal owner) {
        return state.sessions.values().stream()
                .filter(session -> session.owner.equals(owner) && session.parent() == null);
    }

    private static boolean isOrAny(@Nullable String wanted, @Nullable String is) {
        return wanted == null || wanted.equals(is);
    }

    private static boolean hasStatus(SessionInfo info, @Nullable SessionStatus wanted) {
        return wanted == null ? info.status() != SessionStatus.ARCHIVED : info.status() == wanted;
    }

    /// Of the newest message that matches, else of the title; empty where nothing does.
    private static Optional<String> snippet(SessionState session, @Nullable SearchWords words) {
        SessionInfo info = session.info();
        if (words == null) {
            return Optional.of(info.lastMessage() == null ? info.title() : info.lastMessage());
        }
        List<String> texts = new ArrayList<>();
        texts.add(info.title());
        session.messages.forEach(message -> texts.add(message.message().text()));
        Collections.reverse(texts);
        return texts.stream().filter(words::matches).findFirst().map(words::snippet);
    }

    @Override
    public SessionInfo update(Principal owner, SessionId id, Change change) {
        Change clean = CleanText.of(change);
        return state.locked(() -> {
            SessionState session = state.session(owner, id);
            session.change(clean);
            return session.info();
        });
    }

    @Override
    public void purge(Principal owner, SessionId id) {
        state.locked(() -> {
            SessionState session = state.session(owner, id);
            List<SessionState> doomed = withThoseItMade(session);
            if (doomed.stream().anyMatch(SessionState::isBusy)) {
                throw Refusal.runNotOver(id);
            }
            doomed.forEach(state::purge);
            return session;
        });
    }

    private List<SessionState> withThoseItMade(SessionState session) {
        List<SessionState> all = new ArrayList<>(List.of(session));
        for (int i = 0; i < all.size(); i++) {
            for (RunState run : all.get(i).runs) {
                state.sessions.values().stream()
                        .filter(other -> run.info.id().equals(other.parent()))
                        .forEach(all::add);
            }
        }
        return all;
    }

    @Override
    public MessagePage messages(SessionId id, int limit, @Nullable MessageId before) {
        return state.locked(() -> messagesBefore(id, limit, before == null ? Long.MAX_VALUE : seqOf(before, id)));
    }

    @Override
    public MessagePage messagesBefore(SessionId id, int limit, long seq) {
        return state.locked(() -> {
            List<StoredMessage> shown = stored(id).stream()
                    .filter(message -> message.role() == Role.USER || message.role() == Role.ASSISTANT)
                    .toList();
            int end =
                    (int) shown.stream().filter(message -> message.seq() < seq).count();
            int start = Math.max(0, end - limit);
            return new MessagePage(shown.subList(start, end), start > 0);
        });
    }

    private long seqOf(MessageId message, SessionId id) {
        return stored(id).stream()
                .filter(known -> known.id().equals(message))
                .findFirst()
                .orElseThrow(() -> Refusal.noMessage(message, id))
                .seq();
    }

    private List<StoredMessage> stored(SessionId id) {
        SessionState session = state.sessions.get(id);
        return session == null ? List.of() : session.messages;
    }

    @Override
    public Transcript transcript(SessionId id) {
        return state.locked(() -> {
            SessionState session = state.sessions.get(id);
            return session == null ? new Transcript(null, List.of()) : session.transcript();
        });
    }

    @Override
    public List<ToolCallInfo> toolCalls(SessionId id) {
        return state.locked(() -> {
            SessionState session = state.sessions.get(id);
            return session == null ? List.of() : session.calls.all();
        });
    }

    @Override
    public List<ToolCallInfo> toolCalls(SessionId id, Collection<MessageId> messages) {
        return toolCalls(id).stream()
                .filter(call -> call.messageId() != null && messages.contains(call.messageId()))
                .toList();
    }

    @Override
    public boolean hasUsed(SessionId id, Collection<String> toolNames) {
        return state.locked(() -> {
            Set<RunId> roots = state.runs.values().stream()
                    .filter(run -> run.info.sessionId().equals(id))
                    .map(run -> run.info.rootRunId())
                    .collect(Collectors.toSet());
            return state.sessions.values().stream()
                    .filter(session -> session.id.equals(id)
                            || session.runs.stream().anyMatch(run -> roots.contains(run.info.rootRunId())))
                    .anyMatch(session -> session.calls.hasUsed(toolNames));
        });
    }
}
