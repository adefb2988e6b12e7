package dev.dwata.gateway.command;

import dev.dwata.types.Json;
import dev.dwata.types.SessionId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a slash command says and wants done with its caller.
///
/// @param text    for people
/// @param data    the same for programs; an object
/// @param session what it was about
/// @param entered the session that the caller is to be in from now on
/// @param listing the sessions that the caller was shown, line by line
/// @param changed whether others see `session` differently now
public record CommandReply(
        String text,
        JsonNode data,
        @Nullable SessionId session,
        @Nullable Entered entered,
        @Nullable List<SessionId> listing,
        boolean changed) {

    /// @param headSeq the latest entry of the session when the command was answered
    public record Entered(SessionId session, long headSeq) {}

    static CommandReply of(String text, @Nullable SessionId session, Object data) {
        return new CommandReply(text, Json.MAPPER.valueToTree(data), session, null, null, false);
    }

    static CommandReply entering(String text, Entered entered, Object data) {
        return new CommandReply(text, Json.MAPPER.valueToTree(data), entered.session(), entered, null, false);
    }

    static CommandReply listing(String text, List<SessionId> listing, Object data) {
        return new CommandReply(text, Json.MAPPER.valueToTree(data), null, null, List.copyOf(listing), false);
    }

    CommandReply withChange() {
        return new CommandReply(text, data, session, entered, listing, true);
    }

    static CommandReply complaint(String text) {
        return of(text, null, Map.of("error", text));
    }
}
