package dev.dwata.cli.chat;

import dev.dwata.agent.store.SessionQuery;
import dev.dwata.cli.home.Backend;
import dev.dwata.cli.output.Printable;
import dev.dwata.types.AgentException;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Completes slash commands, the ids of sessions behind `/session`, and the names of agents behind `/agent`.
final class Completions implements Completer {
    private static final int SESSIONS = 20;

    private final Backend backend;
    private @Nullable List<Candidate> commands;

    Completions(Backend backend) {
        this.backend = backend;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        try {
            if (line.wordIndex() == 0 && line.word().startsWith("/")) {
                candidates.addAll(commands());
            } else if (line.wordIndex() == 1 && line.words().getFirst().equals("/session")) {
                backend.runtime()
                        .sessions(SessionQuery.latest(SESSIONS))
                        .sessions()
                        .forEach(session ->
                                candidates.add(candidate(session.id().value(), Printable.line(session.title(), 40))));
            } else if (line.wordIndex() == 1 && line.words().getFirst().equals("/agent")) {
                backend.agents(null)
                        .agents()
                        .forEach(agent ->
                                candidates.add(candidate(agent.name(), Printable.line(agent.description(), 40))));
            }
        } catch (AgentException e) {
            // without completions then; what is wrong will be said when the line is sent
        }
    }

    /// What `/help` says there is, which is the same for as long as the backend.
    private List<Candidate> commands() {
        if (commands == null) {
            List<Candidate> known = new ArrayList<>();
            JsonNode listed = backend.commands().run("/help", null).said().data();
            for (JsonNode command : listed.path("commands")) {
                String name = "/" + command.path("name").asString("");
                known.add(candidate(name, command.path("summary").asString("")));
            }
            known.add(candidate("/attach", "send a file with the next message"));
            known.add(candidate("/exit", "leave"));
            commands = known;
        }
        return commands;
    }

    private static Candidate candidate(String value, String description) {
        return new Candidate(value, value, null, description, null, null, true);
    }
}
