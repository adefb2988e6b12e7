package dev.dwata.cli.chat;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.Prompt;
import dev.dwata.agent.store.Attachment;
import dev.dwata.cli.ask.LocalFile;
import dev.dwata.cli.output.CommandFailure;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What `/attach FILE` has put aside for the next message.
final class NextAttachments {
    private static final String COMMAND = "/attach";

    private final List<String> uris = new ArrayList<>();

    static boolean isCommand(String text) {
        return text.equals(COMMAND) || text.startsWith(COMMAND + " ");
    }

    /// @return what to tell of it
    /// @throws CommandFailure if there is no such file, or none that can be attached
    String add(String text, AgentRuntime runtime) {
        String name = text.substring(COMMAND.length()).strip();
        if (name.isEmpty()) {
            throw CommandFailure.usage("/attach needs the name of a file");
        }
        if (uris.size() == Prompt.MOST_ATTACHMENTS) {
            throw CommandFailure.usage("a message has at most " + Prompt.MOST_ATTACHMENTS + " attachments");
        }
        Attachment attachment = LocalFile.of(path(name)).attach(runtime);
        uris.add(attachment.uri());
        return attachment.name() + " (" + attachment.mediaType() + ", " + attachment.size()
                + " bytes) goes with the next message";
    }

    private static Path path(String name) {
        try {
            return name.startsWith("~/") ? Path.of(System.getProperty("user.home"), name.substring(2)) : Path.of(name);
        } catch (InvalidPathException e) {
            throw CommandFailure.usage("'" + name + "' is not the name of a file");
        }
    }

    List<String> uris() {
        return List.copyOf(uris);
    }

    /// They have gone with a message.
    void sent() {
        uris.clear();
    }
}
