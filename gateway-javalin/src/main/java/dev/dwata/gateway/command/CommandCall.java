package dev.dwata.gateway.command;

import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A slash command as it was sent.
///
/// @param session  what it is about; absent where the caller is in none
/// @param listing  the lines of the caller's last `/sessions`, empty where there was none
/// @param argument what follows the name, without the blanks around it
public record CommandCall(Principal caller, @Nullable SessionId session, List<SessionId> listing, String argument) {
    public CommandCall {
        listing = List.copyOf(listing);
    }

    /// @throws BadUse if there is none
    SessionId requireSession() {
        if (session == null) {
            throw new BadUse("You are in no session yet: send a message, or /new, or /sessions and /session.");
        }
        return session;
    }

    /// The argument as a number of 1 to `most`.
    ///
    /// @throws BadUse if it is not
    int number(String what, int most) {
        try {
            int number = Integer.parseInt(argument);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new BadUse(what + " must be a number from 1 to " + most + ", not '" + Words.shortened(argument) + "'.");
    }
}
