package dev.dwata.gateway.command;

import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.model.Models;
import dev.dwata.agent.store.Store;
import dev.dwata.gateway.api.AgentOperations;
import dev.dwata.gateway.api.SessionOperations;
import dev.dwata.gateway.api.StatusOperations;
import dev.dwata.types.AgentException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// All slash commands, by name.
public final class Commands {
    private static final Pattern WRITTEN = Pattern.compile("/([A-Za-z][A-Za-z-]*)(?:\\s+(.*))?", Pattern.DOTALL);

    private final Map<String, Command> commands = new LinkedHashMap<>();

    /// What commands work with.
    public record Parts(
            LocalRuntime runtime,
            Store store,
            Models models,
            SessionOperations sessions,
            StatusOperations status,
            Clock clock) {}

    public Commands(Parts parts) {
        add(new NewCommand(parts.sessions()));
        add(new SessionsCommand(parts.sessions(), parts.clock()));
        add(new SessionCommand(parts.sessions()));
        add(new HistoryCommand(parts.sessions()));
        add(new StatusCommand(parts.status()));
        add(new CancelCommand(parts.runtime()));
        add(new ModelCommand(parts.store(), parts.models(), parts.sessions(), parts.status()));
        add(new AgentCommand(parts.store(), new AgentOperations(parts.runtime()), parts.sessions()));
        add(new HelpCommand(List.copyOf(commands.values())));
    }

    private void add(Command command) {
        commands.put(command.name(), command);
    }

    /// A message that is a command.
    ///
    /// @param name     as typed, in lower case, without the slash
    /// @param argument what follows, without the blanks around it
    public record Written(String name, String argument) {}

    /// The command that a message is: a slash, a word, and perhaps more after a blank. A path such as
    /// `/etc/hosts` is none.
    public static @Nullable Written read(String message) {
        Matcher written = WRITTEN.matcher(message.strip());
        if (!written.matches()) {
            return null;
        }
        String argument = written.group(2);
        return new Written(written.group(1).toLowerCase(Locale.ROOT), argument == null ? "" : argument.strip());
    }

    /// Runs a command. Whatever is wrong with how it was used is said in the reply.
    ///
    /// @throws AgentException if the storage fails, or for a defect
    public CommandReply run(String name, CommandCall call) {
        Command command = commands.get(name);
        if (command == null) {
            return CommandReply.complaint("There is no command /" + Words.shortened(name) + ". Did you mean "
                    + nearest(name).usage() + "? /help lists all.");
        }
        try {
            return command.run(call);
        } catch (BadUse e) {
            return CommandReply.complaint(String.valueOf(e.getMessage()));
        } catch (AgentException e) {
            return switch (e.error().code()) {
                case INVALID_REQUEST, NOT_FOUND, CONFLICT, MODEL_NOT_CONFIGURED, UNSUPPORTED ->
                    CommandReply.complaint(sentence(e.error().message()));
                default -> throw e;
            };
        }
    }

    private Command nearest(String typed) {
        String name = Words.nearest(typed, List.copyOf(commands.keySet()));
        return Objects.requireNonNull(commands.get(name));
    }

    private static String sentence(String message) {
        String upper = message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1);
        return upper.endsWith(".") ? upper : upper + ".";
    }
}
