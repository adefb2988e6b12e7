package dev.dwata.agent;

import dev.dwata.agent.tool.Asking;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Json;
import dev.dwata.types.SessionId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The tools that clients of sessions carry out themselves. A model is offered one as long as a client that has
/// registered it for the session is there.
public final class ClientTools {
    /// Of one client in one session.
    public static final int MOST = 64;

    private static final int MOST_BYTES = 16 * 1024;
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Set<String> taken;
    private final Map<SessionId, List<Registered>> sessions = new HashMap<>();

    /// @param own the tools of the runtime, which no client can take the place of
    ClientTools(List<ToolSpec> own) {
        taken = own.stream().map(spec -> spec.name().toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /// A tool as a client describes it.
    ///
    /// @param parameters JSON Schema of the arguments, an object
    /// @param patience   how long the client may take; absent: 30 s
    public record Offer(
            String name,
            String description,
            JsonNode parameters,
            @Nullable Duration patience) {}

    private record Registered(String client, ClientTool tool) {}

    /// Offers tools of a client in a session, until they are taken back.
    ///
    /// @param client what the client is known by; one that comes back under it offers its tools anew
    /// @throws AgentException with `InvalidRequest` naming the tool that is wrong, `Conflict` if a name is
    ///                        taken by a tool of the runtime; then none is offered
    public synchronized void register(SessionId session, String client, List<Offer> offers) {
        Map<String, Registered> all = new LinkedHashMap<>();
        of(session, client).forEach(known -> all.put(known.tool().spec().name(), known));
        for (Offer offer : offers) {
            ClientTool tool = checked(offer, client);
            all.put(tool.spec().name(), new Registered(client, tool));
        }
        if (all.size() > MOST) {
            throw new AgentException(
                    new AgentError.InvalidRequest("a client may register at most " + MOST + " tools for a session"));
        }
        List<Registered> others = new ArrayList<>(sessions.getOrDefault(session, List.of()));
        others.removeIf(known -> known.client().equals(client));
        others.addAll(all.values());
        sessions.put(session, others);
    }

    /// Takes tools of a client back.
    ///
    /// @param names of those tools; absent: all
    public synchronized void unregister(SessionId session, String client, @Nullable List<String> names) {
        List<Registered> left = new ArrayList<>(sessions.getOrDefault(session, List.of()));
        left.removeIf(known -> known.client().equals(client)
                && (names == null || names.contains(known.tool().spec().name())));
        if (left.isEmpty()) {
            sessions.remove(session);
        } else {
            sessions.put(session, left);
        }
    }

    /// Takes everything of a client back, in all sessions.
    public synchronized void unregister(String client) {
        for (SessionId session : List.copyOf(sessions.keySet())) {
            unregister(session, client, null);
        }
    }

    /// The names of what a client offers in a session now.
    public synchronized List<String> names(SessionId session, String client) {
        return of(session, client).stream()
                .map(known -> known.tool().spec().name())
                .toList();
    }

    /// What is offered in a session now. Where several clients have a tool of one name, any of them may answer.
    synchronized List<Tool> of(SessionId session) {
        Map<String, Tool> tools = new LinkedHashMap<>();
        for (Registered known : sessions.getOrDefault(session, List.of())) {
            String name = known.tool().spec().name();
            ClientTool tool = known.tool();
            tools.merge(name, tool, (one, other) -> new ClientTool(tool.spec(), tool.patience(), null));
        }
        return List.copyOf(tools.values());
    }

    private List<Registered> of(SessionId session, String client) {
        return sessions.getOrDefault(session, List.of()).stream()
                .filter(known -> known.client().equals(client))
                .toList();
    }

    private ClientTool checked(Offer offer, String client) {
        String name = offer.name();
        if (taken.contains(name.toLowerCase(Locale.ROOT))) {
            throw new AgentException(new AgentError.Conflict("'" + name + "' is a tool of dwata's own"));
        }
        int bytes = offer.description().getBytes(StandardCharsets.UTF_8).length
                + offer.parameters().toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            throw invalid(name, "its description and parameters have " + bytes + " bytes, at most " + MOST_BYTES);
        }
        JsonNode parameters = offer.parameters();
        if (!parameters.isObject()) {
            throw invalid(name, "its parameters must be a JSON Schema, an object");
        }
        Duration patience = offer.patience() == null ? Asking.Ask.FOR_A_CLIENT : offer.patience();
        if (patience.compareTo(Duration.ofSeconds(1)) < 0 || patience.compareTo(LONGEST) > 0) {
            throw invalid(name, "its time must be 1 s to " + LONGEST.toHours() + " h");
        }
        try {
            ToolSpec spec = new ToolSpec(
                    name,
                    offer.description(),
                    parameters.isEmpty() ? Json.MAPPER.createObjectNode().put("type", "object") : parameters,
                    Effect.IDEMPOTENT,
                    Approval.AUTO);
            return new ClientTool(spec, patience, client);
        } catch (IllegalArgumentException e) {
            throw new AgentException(new AgentError.InvalidRequest(String.valueOf(e.getMessage())), e);
        }
    }

    private static AgentException invalid(String name, String problem) {
        return new AgentException(new AgentError.InvalidRequest("tool '" + name + "': " + problem));
    }
}
