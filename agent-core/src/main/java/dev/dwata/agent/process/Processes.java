package dev.dwata.agent.process;

import dev.dwata.agent.store.Child;
import dev.dwata.agent.store.Children;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Starts programs and answers for them: each is known to the store before it starts, works in a session of its
/// own with few variables, and ends with this process at the latest.
public final class Processes implements AutoCloseable {
    private final Children children;
    private final ChildEnvironment environment;
    private final Guardian guardian = new Guardian();
    private final Set<ChildProcess> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /// @param environment the variables of this process; few of them are passed on
    public Processes(Children children, Map<String, String> environment) {
        this.children = children;
        this.environment = new ChildEnvironment(environment);
    }

    /// @return what runs; the caller stops it
    /// @throws IOException if there is no such program or folder, or it cannot be started; the message says it
    public ChildProcess start(Program program) throws IOException {
        if (closed) {
            throw new IOException("dwata is ending: nothing is started any more");
        }
        Path executable = executable(program.argv().getFirst(), program.folder());
        String marker = Marker.create();
        Child child = new Child(marker, program.argv().getFirst());
        ProcessBuilder builder = builder(program, executable, marker);
        children.put(child);
        Process process;
        try {
            guardian.watch(marker, 0);
            process = builder.start();
        } catch (IOException | RuntimeException e) {
            guardian.unwatch(marker);
            children.remove(marker);
            throw e;
        }
        ChildProcess started = new ChildProcess(marker, process, children, this::ended);
        running.add(started);
        try {
            children.put(process.info()
                    .startInstant()
                    .map(at -> child.started(process.pid(), at))
                    .orElse(child));
            guardian.watch(marker, process.pid());
        } catch (IOException | RuntimeException e) {
            started.stop();
            throw e;
        }
        Thread.ofVirtual().name("dwata-child-" + process.pid()).start(() -> forgetGroup(process, marker));
        if (closed) {
            started.stop();
        }
        return started;
    }

    /// Runs a program to its end, and ends what it leaves behind.
    ///
    /// @throws IOException          if it cannot be started; the message says why
    /// @throws InterruptedException when cancelled; nothing of it runs any more, or the message says what does
    public Finished run(Program program, Exchange exchange) throws IOException, InterruptedException {
        Program talking = program.with(exchange.input().isEmpty() ? Program.Input.NONE : Program.Input.PIPE);
        return new BoundedRun(start(talking), exchange).finish();
    }

    /// The file that would be started under this name: a path, relative to the folder, or a name that is looked
    /// for in `PATH`.
    ///
    /// @throws IOException if there is none
    public Path executable(String name, Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("the folder '" + folder + "' does not exist");
        }
        return find(name, folder)
                .orElseThrow(() -> new IOException("there is no program '" + name + "'"
                        + (name.contains("/") ? "" : " in the folders of PATH, " + environment.path())));
    }

    private Optional<Path> find(String name, Path folder) {
        try {
            if (name.contains("/")) {
                return Optional.of(folder.resolve(name)).filter(Processes::isProgram);
            }
            for (String entry : environment.path().split(":", -1)) {
                Path file = Path.of(entry, name);
                if (isProgram(file)) {
                    return Optional.of(file);
                }
            }
        } catch (InvalidPathException e) {
            // Then there is no such file.
        }
        return Optional.empty();
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    private ProcessBuilder builder(Program program, Path executable, String marker) {
        List<String> command = new ArrayList<>(SystemPrograms.ownSession());
        command.addAll(new LimitedStart(program.limits()).prefix());
        command.add(executable.toString());
        command.addAll(program.argv().subList(1, program.argv().size()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(program.folder().toFile())
                .redirectErrorStream(program.errors() == Program.Errors.MERGED);
        if (program.input() == Program.Input.NONE) {
            builder.redirectInput(new File("/dev/null"));
        }
        builder.environment().clear();
        builder.environment().putAll(environment.with(program.environment(), marker));
        return builder;
    }

    private void forgetGroup(Process process, String marker) {
        try {
            process.waitFor();
            guardian.withoutGroup(marker);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does
        }
    }

    private void ended(ChildProcess process) {
        running.remove(process);
        guardian.unwatch(process.marker());
    }

    /// Stops all that runs; nothing is started afterwards.
    @Override
    public void close() {
        closed = true;
        List<Thread> stopping = running.stream()
                .map(process -> Thread.ofVirtual().start(process::stop))
                .toList();
        boolean interrupted = false;
        for (Thread thread : stopping) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        guardian.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
