package dev.dwata.cli.home;

import dev.dwata.types.SessionId;
import dev.dwata.types.wire.CommandResultPayload;
import org.jspecify.annotations.Nullable;

/// Carries out slash commands for one conversation.
@FunctionalInterface
public interface SlashCommands {

    /// @param text    with the slash
    /// @param session the one the conversation is in; absent: none yet
    Reply run(String text, @Nullable SessionId session);

    /// @param said    for people and programs
    /// @param session the one the conversation is in now; absent: still none
    record Reply(CommandResultPayload said, @Nullable SessionId session) {}
}
