package dev.dwata.cli.home;

/// Opens the runtime that a command asks for.
@FunctionalInterface
public interface Backends {

    /// @throws dev.dwata.cli.output.CommandFailure if there is none to be had
    Backend open(Wanted wanted) throws InterruptedException;
}
