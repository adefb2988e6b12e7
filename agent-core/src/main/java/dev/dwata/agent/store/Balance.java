package dev.dwata.agent.store;

/// How it stands with one scope.
///
/// @param reserved what is set aside for calls that are under way
public record Balance(Amount spent, Amount reserved) {
    public static final Balance NONE = new Balance(Amount.NONE, Amount.NONE);
}
