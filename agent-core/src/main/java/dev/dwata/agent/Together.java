package dev.dwata.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.function.Predicate;

/// Does several things at the same time, each on a virtual thread of its own.
final class Together {
    private Together() {}

    /// `all` in its order, those next to each other that `fit` together in one group.
    static <T> List<List<T>> groups(List<T> all, Predicate<T> fit) {
        List<List<T>> groups = new ArrayList<>();
        boolean open = false;
        for (T one : all) {
            boolean fits = fit.test(one);
            if (open && fits) {
                groups.getLast().add(one);
            } else {
                groups.add(new ArrayList<>(List.of(one)));
            }
            open = fits;
        }
        return groups;
    }

    /// Waits until `work` is done for each of them. If this thread is interrupted meanwhile, so are theirs.
    ///
    /// @param interrupted is told of that, on this thread, before they are
    /// @return what came of each, in the order of `all`
    /// @throws RuntimeException the first in this order that one of them threw, after all are over
    static <T, R> List<R> run(List<T> all, Function<T, R> work, Runnable interrupted) {
        if (all.size() == 1) {
            return List.of(work.apply(all.getFirst()));
        }
        List<FutureTask<R>> tasks =
                all.stream().map(one -> new FutureTask<>(() -> work.apply(one))).toList();
        String name = Thread.currentThread().getName();
        List<Thread> threads = tasks.stream()
                .map(task -> Thread.ofVirtual().name(name).start(task))
                .toList();
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted.run();
                    threads.forEach(Thread::interrupt);
                }
            }
        }
        return tasks.stream().map(Together::result).toList();
    }

    private static <R> R result(FutureTask<R> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException defect -> throw defect;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (InterruptedException | CancellationException e) {
            throw new IllegalStateException("it was over before", e);
        }
    }
}
