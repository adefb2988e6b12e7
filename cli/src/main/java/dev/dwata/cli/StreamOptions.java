package dev.dwata.cli;

import dev.dwata.cli.output.CommandFailure;
import dev.dwata.gateway.http.Cors;
import dev.dwata.gateway.streams.StreamSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a gateway serves streams.
final class StreamOptions {
    @Option(
            names = "--cors",
            paramLabel = "ORIGIN",
            description = "Pages of this origin may use /v1/stream, and nothing else; * for all. Default: none may.")
    @Nullable
    String cors;

    @Option(
            names = "--long-poll-ms",
            paramLabel = "MS",
            description = "How long a reader of /v1/stream waits for what comes. Default: 20000.")
    @Nullable
    Long longPollMillis;

    /// @param alone whether nobody but who is at this machine can subscribe to anything
    StreamSettings settings(boolean alone) {
        StreamSettings settings = StreamSettings.DEFAULT.withWebhooksHere(alone);
        try {
            return longPollMillis == null ? settings : settings.withLongPoll(Duration.ofMillis(longPollMillis));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("--long-poll-ms: " + e.getMessage());
        }
    }

    Cors origins() {
        try {
            return new Cors(cors);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("--cors: " + e.getMessage());
        }
    }
}
