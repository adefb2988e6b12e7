package dev.dwata.cli.output;

import dev.dwata.types.AgentError;

/// What the process says at its end. From 64 on as in `sysexits.h` (4.3BSD).
public final class ExitCode {
    public static final int ANSWERED = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    /// Something was denied, or nobody was there to approve it.
    public static final int DENIED = 3;
    public static final int UNREACHABLE = 4;
    public static final int BAD_DATA = 65;
    public static final int MISSING_DATA = 66;
    public static final int UNAVAILABLE = 69;
    public static final int DEFECT = 70;
    public static final int CANNOT_CREATE = 73;
    public static final int HELD_BY_ANOTHER = 75;
    public static final int CONFIGURATION = 78;
    public static final int CANCELLED = 130;

    private ExitCode() {}

    /// For what could not even be asked.
    public static int of(AgentError error) {
        return switch (error) {
            case AgentError.InvalidRequest e -> USAGE;
            case AgentError.ModelNotConfigured e -> CONFIGURATION;
            case AgentError.Interrupted e -> UNREACHABLE;
            case AgentError.Forbidden e -> DENIED;
            case AgentError.Unauthenticated e -> DENIED;
            case AgentError.Internal e -> DEFECT;
            case AgentError.NotFound e -> FAILED;
            case AgentError.Conflict e -> FAILED;
            case AgentError.AlreadyResolved e -> FAILED;
            case AgentError.IdempotencyConflict e -> FAILED;
            case AgentError.RateLimited e -> FAILED;
            case AgentError.TooLarge e -> FAILED;
            case AgentError.Unsupported e -> FAILED;
            case AgentError.ModelRejected e -> FAILED;
            case AgentError.ModelUnavailable e -> FAILED;
            case AgentError.ContextOverflow e -> FAILED;
            case AgentError.StreamIncomplete e -> FAILED;
            case AgentError.LimitReached e -> FAILED;
            case AgentError.BudgetExceeded e -> FAILED;
            case AgentError.ToolFailed e -> FAILED;
            case AgentError.Timeout e -> FAILED;
            case AgentError.StorageFull e -> FAILED;
            case AgentError.StorageBusy e -> FAILED;
            case AgentError.Draining e -> FAILED;
        };
    }
}
