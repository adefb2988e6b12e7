package dev.dwata.gateway.ws;

import java.time.Duration;

/// What the gateway bears from its clients.
///
/// @param connectWithin   how long a connection may take to send `connect`
/// @param ping            how often a ping is sent
/// @param idle            how long nothing may be heard of a peer
/// @param stall           how long a client that lags behind may take nothing before it is closed with 1013
/// @param closeWithin     how long a closing handshake may take before the socket is dropped
/// @param maxMessageBytes how long a text message may be
/// @param maxFirstBytes   the same before `connect` was answered
/// @param maxConnections  of all clients
/// @param maxUnconnected  of these, how many may not have connected yet
/// @param outboxFrames    how many frames may wait for one connection
/// @param outboxBytes     how many bytes
/// @param inboxRequests   how many requests of one connection may wait before no more are read
/// @param perSecond       how many requests of one connection are handled in a second, in the long run
/// @param saved           how many more at once, after a pause
public record WsLimits(
        Duration connectWithin,
        Duration ping,
        Duration idle,
        Duration stall,
        Duration closeWithin,
        int maxMessageBytes,
        int maxFirstBytes,
        int maxConnections,
        int maxUnconnected,
        int outboxFrames,
        long outboxBytes,
        int inboxRequests,
        int perSecond,
        int saved) {
    public static final WsLimits DEFAULT = new Builder().build();

    public static Builder builder() {
        return new Builder();
    }

    /// Begins with the defaults.
    public static final class Builder {
        private Duration connectWithin = Duration.ofSeconds(10);
        private Duration ping = Duration.ofSeconds(20);
        private Duration idle = Duration.ofSeconds(60);
        private Duration stall = Duration.ofSeconds(5);
        private Duration closeWithin = Duration.ofSeconds(2);
        private int maxMessageBytes = 1 << 20;
        private int maxFirstBytes = 16 << 10;
        private int maxConnections = 256;
        private int maxUnconnected = 32;
        private int outboxFrames = 1_024;
        private long outboxBytes = 4 << 20;
        private int inboxRequests = 128;
        private int perSecond = 200;
        private int saved = 1_000;

        private Builder() {}

        /// Default: 10 s.
        public Builder connectWithin(Duration time) {
            connectWithin = time;
            return this;
        }

        /// Default: every 20 s, and 60 s of silence at most.
        public Builder ping(Duration every, Duration longestSilence) {
            ping = every;
            idle = longestSilence;
            return this;
        }

        /// Default: 5 s.
        public Builder stall(Duration time) {
            stall = time;
            return this;
        }

        /// Default: 2 s.
        public Builder closeWithin(Duration time) {
            closeWithin = time;
            return this;
        }

        /// Default: 1 MiB, 16 KiB before `connect` was answered.
        public Builder messages(int maxBytes, int maxFirst) {
            maxMessageBytes = maxBytes;
            maxFirstBytes = maxFirst;
            return this;
        }

        /// Default: 256, of which 32 not connected yet.
        public Builder connections(int max, int unconnected) {
            maxConnections = max;
            maxUnconnected = unconnected;
            return this;
        }

        /// Default: 1,024 frames or 4 MiB.
        public Builder outbox(int frames, long bytes) {
            outboxFrames = frames;
            outboxBytes = bytes;
            return this;
        }

        /// Default: 128.
        public Builder inbox(int requests) {
            inboxRequests = requests;
            return this;
        }

        /// Default: 200 a second, 1,000 at once after a pause. Those beyond it wait; none is refused.
        public Builder pace(int requestsPerSecond, int atOnce) {
            perSecond = requestsPerSecond;
            saved = atOnce;
            return this;
        }

        public WsLimits build() {
            return new WsLimits(
                    connectWithin,
                    ping,
                    idle,
                    stall,
                    closeWithin,
                    maxMessageBytes,
                    maxFirstBytes,
                    maxConnections,
                    maxUnconnected,
                    outboxFrames,
                    outboxBytes,
                    inboxRequests,
                    perSecond,
                    saved);
        }
    }
}
