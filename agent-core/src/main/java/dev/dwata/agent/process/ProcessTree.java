package dev.dwata.agent.process;

import dev.dwata.agent.store.Child;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A child and all that it has started: its descendants, its session, and whatever has its marker.
///
/// A process is known by its number and the time it began, so that none is ended for another that had its
/// number before.
final class ProcessTree {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int LOOKS = 3;
    /// Start times are told anew from the clock of the machine, which may have been set meanwhile.
    private static final Duration INACCURACY = Duration.ofSeconds(2);

    private final String marker;
    private final @Nullable ProcessHandle first;
    private final long group;
    private final Set<ProcessHandle> seen = new HashSet<>();
    private int ended;

    private ProcessTree(String marker, @Nullable ProcessHandle first, long group) {
        this.marker = marker;
        this.first = first;
        this.group = group;
    }

    /// @param first of a session of its own, if there is a way to have one
    static ProcessTree of(String marker, ProcessHandle first) {
        return new ProcessTree(marker, first, first.pid());
    }

    /// What is left of a child that another process started.
    static ProcessTree of(Child child) {
        Long pid = child.pid();
        if (pid == null || pid <= 1) {
            return new ProcessTree(child.marker(), null, 0);
        }
        Optional<ProcessHandle> found = ProcessHandle.of(pid);
        boolean same = found.isPresent() && isSame(found.get(), child.startedAt());
        return new ProcessTree(child.marker(), same ? found.get() : null, same || found.isEmpty() ? pid : 0);
    }

    private static boolean isSame(ProcessHandle found, @Nullable Instant startedAt) {
        Optional<Instant> began = found.info().startInstant();
        return startedAt != null
                && began.isPresent()
                && Duration.between(startedAt, began.get()).abs().compareTo(INACCURACY) <= 0;
    }

    /// What of it is running. A process shows no environment while it turns into another program, so that
    /// one look in which there is nothing does not count.
    Set<ProcessHandle> alive() {
        for (int look = 1; look < LOOKS; look++) {
            Set<ProcessHandle> alive = seenNow();
            if (!alive.isEmpty()) {
                return alive;
            }
            LockSupport.parkNanos(PAUSE.toNanos() / 2);
        }
        return seenNow();
    }

    private Set<ProcessHandle> seenNow() {
        if (first != null && first.isAlive()) {
            seen.add(first);
            first.descendants().forEach(seen::add);
        }
        if (!ProcessTable.exists()) {
            return seen.stream().filter(ProcessHandle::isAlive).collect(Collectors.toSet());
        }
        boolean ours = groupIsOurs();
        Set<Long> before = seen.stream().map(ProcessHandle::pid).collect(Collectors.toSet());
        List<ProcessTable.Row> rows =
                ProcessTable.rows(row -> (ours && (row.session() == group || row.group() == group))
                        || before.contains(row.pid())
                        || ProcessTable.has(row.pid(), Marker.NAME, marker));
        Set<ProcessHandle> alive = new LinkedHashSet<>();
        for (ProcessTable.Row row : rows) {
            ProcessHandle.of(row.pid())
                    .filter(handle -> !before.contains(row.pid()) || seen.contains(handle))
                    .ifPresent(alive::add);
        }
        seen.addAll(alive);
        return alive;
    }

    /// A number is not given again while a group or session has it. Where its process has ended and another has
    /// the number, there was no such group any more.
    private boolean groupIsOurs() {
        boolean running = first != null && first.isAlive();
        return group > 1 && (running || ProcessHandle.of(group).isEmpty());
    }

    /// How many of it still ran when it was ended, without those that could not be.
    int ended() {
        return ended;
    }

    /// Ends all of it without asking, as [#end].
    List<Long> endAtOnce() {
        return ending(() -> waitUntilGone(this::kill));
    }

    /// Asks all of it to end, gives it 2 s, then ends it. Goes on when interrupted: the thread is interrupted
    /// afterwards.
    ///
    /// @return the numbers of those that could not be ended
    List<Long> end() {
        return ending(() -> {
            alive().forEach(ProcessHandle::destroy);
            if (isUnseenGroup()) {
                signalGroup("TERM");
            }
            boolean interrupted = waitUntilGone(() -> {});
            return waitUntilGone(this::kill) || interrupted;
        });
    }

    /// @param how returns whether it was interrupted
    private List<Long> ending(BooleanSupplier how) {
        boolean interrupted = Thread.interrupted();
        List<Long> left = List.of();
        int there = alive().size();
        if (there > 0 || isUnseenGroup()) {
            interrupted |= how.getAsBoolean();
            left = alive().stream().map(ProcessHandle::pid).sorted().toList();
        }
        ended += Math.max(0, there - left.size());
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return left;
    }

    /// The whole group at once, so that none has the time to start another.
    private void kill() {
        if (groupIsOurs()) {
            signalGroup("KILL");
        }
        seenNow().forEach(ProcessHandle::destroyForcibly);
    }

    /// @return whether it was interrupted meanwhile
    private boolean waitUntilGone(Runnable insist) {
        boolean interrupted = false;
        long end = System.nanoTime() + PATIENCE.toNanos();
        while ((!alive().isEmpty() || isUnseenGroup()) && System.nanoTime() - end < 0) {
            insist.run();
            LockSupport.parkNanos(PAUSE.toNanos());
            interrupted |= Thread.interrupted();
        }
        return interrupted;
    }

    /// Where processes cannot be listed, whether something of the group is there.
    private boolean isUnseenGroup() {
        return !ProcessTable.exists() && groupIsOurs() && signalGroup("0");
    }

    /// @return whether there was such a group
    private boolean signalGroup(String signal) {
        ProcessBuilder builder = new ProcessBuilder(
                        SystemPrograms.SHELL, "-c", "kill -s \"$1\" -- \"-$2\"", "sh", signal, Long.toString(group))
                .directory(new File("/"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        try {
            Process process = builder.start();
            if (process.waitFor(1, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
        } catch (IOException e) {
            // Too many processes, perhaps because of these: they are ended one by one.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
