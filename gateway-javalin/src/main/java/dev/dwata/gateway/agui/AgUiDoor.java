package dev.dwata.gateway.agui;

import dev.dwata.gateway.agui.ChatAnswers.Batch;
import dev.dwata.gateway.agui.ChatRuns.Named;
import dev.dwata.gateway.auth.Caller;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.gateway.http.Asked;
import dev.dwata.gateway.http.Door;
import dev.dwata.gateway.http.RouteTable;
import dev.dwata.gateway.http.Services;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.InputRequest;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionInfo;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Chats for the clients of AG-UI and TanStack AI: a POST begins or continues a run and reads its events, a GET
/// reads a run or a thread.
public final class AgUiDoor implements Door {
    private static final List<String> PATHS = List.of("/api/ai/chat", "/api/v1/chat");

    private final Threads threads;
    private final Segments segments;
    private final ChatRuns runs;
    private final ChatAnswers answers;
    private final LentTools tools;
    private final ChatStream stream;
    private final ThreadHistory history;

    public AgUiDoor(Services services) {
        this.threads = new Threads(services.store());
        this.segments = new Segments(services.store());
        this.tools = new LentTools(services.runtime());
        this.runs = new ChatRuns(services.runtime(), services.store(), threads, tools);
        this.answers = new ChatAnswers(services.runtime(), services.store(), segments);
        this.stream = new ChatStream(services);
        this.history = new ThreadHistory(services.store(), segments);
    }

    @Override
    public void register(RouteTable routes) {
        for (String path : PATHS) {
            routes.post(path, Scope.RUN, this::chat);
            routes.get(path, Scope.READ, this::read);
        }
        routes.get("/api/ai/session/{id}", Scope.READ, AgUiDoor::session);
    }

    @Override
    public void end() {
        tools.close();
    }

    private void chat(Context context, Caller caller) {
        Position after = cursor(context);
        ChatRequest request = RequestReader.read(Asked.body(context), Asked.header(context, "X-Run-Id"));
        RunName name = new RunName(request.runId() == null ? UUID.randomUUID().toString() : request.runId());
        String threadId = request.threadId() == null ? SessionId.create().value() : request.threadId();
        Segment segment = segment(caller, new Named(caller.principal(), threadId, name), request);
        tools.takeBackAfter(caller.principal(), segment);
        stream.send(context, caller.principal(), segment, after);
    }

    private Segment segment(Caller caller, Named wanted, ChatRequest request) {
        Optional<SessionInfo> session = threads.find(wanted.owner(), wanted.threadId());
        if (!request.resume().isEmpty()) {
            SessionId id = session.map(SessionInfo::id).orElseThrow(() -> noThread(wanted.threadId()));
            return give(caller, wanted, request, answers.resumed(caller, id, request.resume()));
        }
        if (session.isPresent() && !request.results().isEmpty()) {
            Optional<Batch> batch = answers.returned(caller, session.get().id(), request.results());
            if (batch.isPresent() && request.asked() == null) {
                return give(caller, wanted, request, batch.get());
            }
            batch.ifPresent(open -> answers.give(caller, wanted.name(), open));
        }
        if (request.asked() != null) {
            session.ifPresent(known -> checkNothingIsOpen(caller, known.id(), wanted.name()));
            return runs.ask(wanted, request);
        }
        return session.flatMap(known -> segments.named(wanted.owner(), known.id(), wanted.name()))
                .map(found -> Segment.of(wanted.threadId(), wanted.name(), request.parentRunId(), found))
                .orElseThrow(() -> Asked.invalid("there is nothing new: messages must end with one of the role user"
                        + " or with results of calls that wait for them, or resume must answer an interrupt"));
    }

    private Segment give(Caller caller, Named wanted, ChatRequest request, Batch batch) {
        tools.offer(batch.run().sessionId(), wanted.name(), request.tools());
        Segments.Found found = answers.give(caller, wanted.name(), batch);
        return Segment.of(wanted.threadId(), wanted.name(), request.parentRunId(), found);
    }

    /// Else the message would wait behind a run that waits for this client. One that was sent before is sent
    /// again by clients that read on.
    private void checkNothingIsOpen(Caller caller, SessionId session, RunName name) {
        List<InputRequest> open = answers.open(caller, session);
        if (!open.isEmpty() && segments.named(caller.principal(), session, name).isEmpty()) {
            throw new AgentException(new AgentError.Conflict(
                    "the thread waits for an answer: send resume for "
                            + String.join(
                                    ", ",
                                    open.stream().map(one -> one.id().value()).toList())
                            + ", or cancel the run",
                    Map.of(
                            "runId", open.getFirst().runId().value(),
                            "interrupts",
                                    Interrupts.of(open.stream()
                                            .map(InputRequest::asked)
                                            .toList()))));
        }
    }

    private void read(Context context, Caller caller) {
        String threadId = RequestReader.checkedId("threadId", Asked.query(context, "threadId"));
        String runId = RequestReader.checkedId("runId", Asked.query(context, "runId"));
        if (runId != null) {
            stream.send(context, caller.principal(), joined(caller.principal(), threadId, runId), cursor(context));
        } else if (threadId != null) {
            SessionInfo session = threads.find(caller.principal(), threadId).orElseThrow(() -> noThread(threadId));
            history.show(context, caller.principal(), session);
        } else {
            throw Asked.invalid("the query must have threadId, to read a thread, or runId, to read a run");
        }
    }

    private Segment joined(Principal owner, @Nullable String threadId, String runId) {
        RunName name = new RunName(runId);
        Optional<Segments.Found> found = segments.run(owner, runId).map(segments::latest);
        if (found.isEmpty()) {
            found = threadId == null
                    ? segments.named(owner, name)
                    : threads.find(owner, threadId).flatMap(known -> segments.named(owner, known.id(), name));
        }
        Segments.Found known = found.orElseThrow(() ->
                new AgentException(new AgentError.NotFound("there is no run '" + runId + "' among the latest ones")));
        String thread = threads.nameOf(owner, known.run().sessionId());
        return Segment.of(thread, name, null, known);
    }

    /// After which event the client reads on; `offset=-1` is the beginning.
    private static Position cursor(Context context) {
        String header = Asked.header(context, "Last-Event-ID");
        if (header != null && !header.isEmpty()) {
            return Position.of("Last-Event-ID", header);
        }
        String offset = Asked.query(context, "offset");
        return offset == null || offset.equals("-1") ? Position.START : Position.of("offset", offset);
    }

    /// The log of a session is a stream of its own.
    private static void session(Context context, Caller caller) {
        SessionId id = Asked.id(context, SessionId::new);
        String query = context.queryString();
        context.status(307).header("Location", "/v1/stream/ai-chat/" + id + (query == null ? "" : "?" + query));
    }

    private static AgentException noThread(String threadId) {
        return new AgentException(new AgentError.NotFound("there is no thread '" + threadId + "'"));
    }
}
