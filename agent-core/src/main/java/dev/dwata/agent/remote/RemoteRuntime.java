package dev.dwata.agent.remote;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.EventStream;
import dev.dwata.agent.FollowedRun;
import dev.dwata.agent.Prompt;
import dev.dwata.agent.Run;
import dev.dwata.agent.Session;
import dev.dwata.agent.store.Attachment;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.SessionHit;
import dev.dwata.agent.store.SessionPage;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.store.SessionSearch;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.InputId;
import dev.dwata.types.InputRequest;
import dev.dwata.types.InputResponse;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import dev.dwata.types.ProcessId;
import dev.dwata.types.RunId;
import dev.dwata.types.RunningTool;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.AgentParams;
import dev.dwata.types.wire.AgentPayload;
import dev.dwata.types.wire.AgentsListParams;
import dev.dwata.types.wire.AgentsListPayload;
import dev.dwata.types.wire.AttachmentParams;
import dev.dwata.types.wire.AttachmentPayload;
import dev.dwata.types.wire.CancelParams;
import dev.dwata.types.wire.CommandResultPayload;
import dev.dwata.types.wire.InputListParams;
import dev.dwata.types.wire.InputListPayload;
import dev.dwata.types.wire.ProcessCancelParams;
import dev.dwata.types.wire.ProcessView;
import dev.dwata.types.wire.ProcessesListParams;
import dev.dwata.types.wire.ProcessesListPayload;
import dev.dwata.types.wire.ResumeParams;
import dev.dwata.types.wire.SearchParams;
import dev.dwata.types.wire.SearchPayload;
import dev.dwata.types.wire.SessionIdParams;
import dev.dwata.types.wire.SessionsListParams;
import dev.dwata.types.wire.SessionsListPayload;
import dev.dwata.types.wire.SessionsNewParams;
import dev.dwata.types.wire.SessionsNewPayload;
import dev.dwata.types.wire.StatusParams;
import dev.dwata.types.wire.StatusPayload;
import dev.dwata.types.wire.UsageParams;
import dev.dwata.types.wire.UsagePayload;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Runs agents at a gateway. A lost connection is made anew and streams go on where they were; a prompt whose
/// answer was lost with the connection is sent again under the same idempotency key, so it happens once.
public final class RemoteRuntime implements AgentRuntime {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(30);

    private final Link link;

    private RemoteRuntime(Link link) {
        this.link = link;
    }

    /// Connects to a gateway, within 30 seconds.
    ///
    /// @throws IOException if none answers there
    /// @throws AgentException if it does not let this client in; `Timeout` where it does not say in time
    public static RemoteRuntime connect(GatewayAddress address) throws IOException, InterruptedException {
        return connect(address, CONNECT_WITHIN);
    }

    /// Connects to a gateway; see [#connect(GatewayAddress)].
    ///
    /// @param within how long that may take, now and whenever the connection is made anew
    public static RemoteRuntime connect(GatewayAddress address, Duration within)
            throws IOException, InterruptedException {
        return new RemoteRuntime(Link.open(address, within));
    }

    @Override
    public Session createSession(NewSession wanted) {
        JsonNode made = link.call("sessions.new", Views.params(wanted));
        return new RemoteSession(
                this,
                link,
                Json.MAPPER.treeToValue(made, SessionsNewPayload.class).sessionId());
    }

    @Override
    public Session session(SessionId id) {
        RemoteSession session = new RemoteSession(this, link, id);
        session.info();
        return session;
    }

    @Override
    public Run prompt(NewSession wanted, Prompt prompt) {
        return prompt(null, Views.params(wanted), prompt);
    }

    Run prompt(SessionId session, Prompt prompt) {
        return prompt(session, null, prompt);
    }

    private Run prompt(@Nullable SessionId in, @Nullable SessionsNewParams wanted, Prompt prompt) {
        String key = prompt.idempotencyKey() == null ? UUID.randomUUID().toString() : prompt.idempotencyKey();
        JsonNode answer = link.callAgain(
                "agent",
                new AgentParams(
                        prompt.message(),
                        in,
                        prompt.agentName(),
                        prompt.model(),
                        null,
                        key,
                        null,
                        attachments(prompt),
                        prompt.outputSchema(),
                        wanted));
        AgentPayload taken = Json.MAPPER.treeToValue(answer, AgentPayload.class);
        SessionId session = taken.sessionId();
        if (taken.runId() == null || taken.seq() == null || session == null) {
            throw new AgentException(new AgentError.InvalidRequest("the gateway took the message for a command"));
        }
        EventStream stream = new RemoteEventStream(link, session, taken.seq() - 1);
        int position = taken.position() == null ? 0 : taken.position();
        return new FollowedRun(taken.runId(), session, position, taken.seq(), stream, this);
    }

    private static @Nullable List<AttachmentParams> attachments(Prompt prompt) {
        return prompt.attachments().isEmpty()
                ? null
                : prompt.attachments().stream()
                        .map(uri -> new AttachmentParams(uri, null, null, null))
                        .toList();
    }

    @Override
    public Attachment attach(InputStream bytes, String mediaType, String name) throws IOException {
        AttachmentPayload stored = link.uploads().send(bytes, mediaType, name);
        return new Attachment(Attachment.idOf(stored.uri()), stored.size(), stored.mediaType(), stored.name());
    }

    @Override
    public SessionPage sessions(SessionQuery query) {
        SessionsListParams params = new SessionsListParams(
                query.limit(),
                query.offset(),
                query.query(),
                query.status(),
                query.contextType(),
                query.itemId(),
                query.projectId());
        SessionsListPayload page =
                Json.MAPPER.treeToValue(link.callAgain("sessions.list", params), SessionsListPayload.class);
        return new SessionPage(page.sessions().stream().map(Views::info).toList(), page.total());
    }

    @Override
    public List<SessionHit> search(SessionSearch search) {
        SearchParams params = new SearchParams(search.query(), null, search.limit(), search.from(), search.to());
        SearchPayload found = Json.MAPPER.treeToValue(link.callAgain("sessions.search", params), SearchPayload.class);
        return found.sessions().stream()
                .map(hit -> new SessionHit(Views.info(hit.session()), hit.snippet()))
                .toList();
    }

    @Override
    public void cancel(RunId run, String reason) {
        link.call("agent.cancel", new CancelParams(run, null, reason));
    }

    @Override
    public void resume(RunId run) {
        link.call("agent.resume", new ResumeParams(run));
    }

    @Override
    public List<InputRequest> inputs(@Nullable SessionId session) {
        InputListPayload open = Json.MAPPER.treeToValue(
                link.callAgain("input.list", new InputListParams(session)), InputListPayload.class);
        return open.inputs().stream().map(view -> view.request(Principal.LOCAL)).toList();
    }

    @Override
    public void respond(InputId request, InputResponse response) {
        link.call("input.respond", Views.params(request, response));
    }

    @Override
    public List<RunningTool> processes(@Nullable SessionId session) {
        ProcessesListPayload running = Json.MAPPER.treeToValue(
                link.callAgain("processes.list", new ProcessesListParams(session)), ProcessesListPayload.class);
        return running.processes().stream().map(ProcessView::running).toList();
    }

    @Override
    public void stopProcess(ProcessId process, String reason) {
        link.call("processes.cancel", new ProcessCancelParams(process, reason));
    }

    /// How the gateway is doing.
    public StatusPayload.Gateway status() {
        return Json.MAPPER
                .treeToValue(link.callAgain("status", new StatusParams(null)), StatusPayload.class)
                .gateway();
    }

    /// The agents that the gateway has.
    ///
    /// @param name only this one, with its instructions; absent: all
    /// @throws AgentException with `InvalidRequest` if there is none of this name
    public AgentsListPayload agents(@Nullable String name) {
        return Json.MAPPER.treeToValue(
                link.callAgain("agents.list", new AgentsListParams(name)), AgentsListPayload.class);
    }

    /// What models were used, by day, model or session.
    ///
    /// @throws AgentException with `InvalidRequest`
    public UsagePayload usage(UsageParams params) {
        return Json.MAPPER.treeToValue(link.callAgain("usage", params), UsagePayload.class);
    }

    /// Has the gateway carry out a slash command. `/session 2` is the second line of this runtime's last
    /// `/sessions`.
    ///
    /// @param session the one it is about; absent: the current one of this connection, if it has one
    /// @param text    with the slash
    /// @throws AgentException with `InvalidRequest` if the gateway does not take it for a command
    public CommandReply command(@Nullable SessionId session, String text) {
        return link.commands().run(session, text);
    }

    /// What came of a slash command.
    ///
    /// @param session the current one of the connection from now on; absent where it has none
    public record CommandReply(
            CommandResultPayload said, @Nullable SessionId session) {}

    /// Deletes a session with everything in it.
    ///
    /// @throws AgentException with `NotFound`, or `Conflict` while one of its runs is not over
    public void delete(SessionId session) {
        link.call("sessions.delete", new SessionIdParams(session));
    }

    /// Stops the run that is under way in a session; see [#cancel].
    ///
    /// @throws AgentException with `NotFound` if nothing runs there
    public void cancelActive(SessionId session, String reason) {
        link.call("agent.cancel", new CancelParams(null, session, reason));
    }

    @Override
    public void close() {
        link.close();
    }
}
