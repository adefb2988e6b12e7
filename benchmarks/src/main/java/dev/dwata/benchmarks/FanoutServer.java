package dev.dwata.benchmarks;

import dev.dwata.benchmarks.fanout.Crowd;
import dev.dwata.benchmarks.fanout.Main;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A server in a process of its own, and the clients that it tells of events.
final class FanoutServer implements AutoCloseable {
    private final Child process;
    private final Crowd clients;
    private final int count;
    private final List<Double> cpuMicros = new ArrayList<>();
    private long bytesPerEvent;

    private FanoutServer(Child process, Crowd clients, int count) {
        this.process = process;
        this.clients = clients;
        this.count = count;
    }

    /// @param batch whether several events may come as one message
    /// @param store the database; none: in memory
    static FanoutServer dwata(String name, int clients, boolean batch, Path... store)
            throws IOException, InterruptedException {
        String[] arguments = store.length == 0 ? new String[0] : new String[] {store[0].toString()};
        Child process = Child.java(name, Main.class, arguments);
        String[] ready = process.answer().split(" ", -1);
        int port = Integer.parseInt(ready[0]);
        return new FanoutServer(process, new Crowd(port, clients, Crowd.following(port, ready[1], batch)), clients);
    }

    /// The loop in C, compiled now.
    static FanoutServer limit(int clients, long bytes, Path folder) throws IOException, InterruptedException {
        Path source = Path.of(System.getProperty("dwata.benchmarks", "benchmarks"), "peers", "send", "send.c");
        Path program = folder.resolve("send");
        Process compiler = new ProcessBuilder("cc", "-O2", "-o", program.toString(), source.toString())
                .inheritIO()
                .start();
        if (compiler.waitFor() != 0) {
            throw new IOException("the C compiler does not compile " + source);
        }
        Child process =
                new Child("C send", List.of(program.toString(), Integer.toString(clients), Long.toString(bytes)));
        int port = Integer.parseInt(process.answer());
        return new FanoutServer(process, new Crowd(port, clients, List.of()), clients);
    }

    /// Has events told, so many at once as clients can take, and counts what they cost.
    ///
    /// @param counts whether it is of interest
    void round(int events, int atOnce, boolean counts) throws IOException, InterruptedException {
        long before = process.cpu().toNanos();
        long bytes = 0;
        for (int told = 0; told < events; told += atOnce) {
            process.send("go " + atOnce);
            bytes += clients.await(atOnce);
            process.answer();
        }
        long deliveries = (long) events * count;
        bytesPerEvent = bytes / deliveries;
        if (counts) {
            cpuMicros.add((process.cpu().toNanos() - before) / 1e3 / deliveries);
        }
    }

    /// The same at a steady pace.
    void paced(int events, int perSecond) throws IOException, InterruptedException {
        clients.forgetDelays();
        process.send("pace " + events + " " + perSecond);
        clients.await(events);
        process.answer();
    }

    double delay(double share) {
        return clients.delay(share);
    }

    long bytesPerEvent() {
        return bytesPerEvent;
    }

    /// The median.
    double cpuMicros() {
        return cpuMicros.stream().sorted().toList().get(cpuMicros.size() / 2);
    }

    void print(PrintStream out) {
        out.printf("%-40s %12.2f %14d%n", process.name(), cpuMicros(), bytesPerEvent);
    }

    @Override
    public void close() throws IOException {
        clients.close();
        process.close();
    }
}
