package dev.dwata.benchmarks;

import dev.dwata.benchmarks.model.ModelServer;
import java.io.IOException;

/// The model that is asked, as a process.
final class Model implements AutoCloseable {
    private final Child server;
    private final int port;

    /// @param delayMillis between two tokens
    Model(int tokens, int delayMillis) throws IOException, InterruptedException {
        server = Child.java("the model", ModelServer.class, Integer.toString(tokens), Integer.toString(delayMillis));
        port = Integer.parseInt(server.answer());
    }

    String url() {
        return "http://127.0.0.1:" + port + "/v1";
    }

    Counts counts() throws IOException, InterruptedException {
        String[] numbers = server.ask("?").split(" ", 2);
        return new Counts(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
    }

    /// What it has had so far.
    record Counts(int connections, int requests) {}

    @Override
    public void close() {
        server.close();
    }
}
