package dev.dwata.mcp;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/// One message a line over the standard input and output of a program. Unlike the SDK's own it bounds lines and
/// what waits to be written, says when the program is gone, and leaves starting and ending it to others.
final class StdioTransport implements McpClientTransport {
    static final String ENDED = "it has ended";
    static final int LONGEST_LINE = 8 << 20;
    private static final int MOST_WAITING = 256;
    private static final int MOST_GARBAGE = 1000;
    private static final Logger LOG = LoggerFactory.getLogger(StdioTransport.class);

    private final String who;
    private final InputStream from;
    private final OutputStream to;
    private final McpJsonMapper json;
    private final Consumer<String> gone;
    private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CompletableFuture<@Nullable Void> told = new CompletableFuture<>();
    private volatile Consumer<Throwable> troubles = trouble -> {};
    private volatile @Nullable Thread writer;

    /// @param who  what to call the program in messages
    /// @param gone told once when nothing comes any more, and why
    StdioTransport(String who, Ends ends, McpJsonMapper json, Consumer<String> gone) {
        this.who = who;
        this.from = ends.output();
        this.to = ends.input();
        this.json = json;
        this.gone = gone;
    }

    /// The two ends of a program.
    ///
    /// @param output what it writes
    /// @param input  where it reads
    record Ends(InputStream output, OutputStream input) {}

    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        return Mono.fromRunnable(() -> {
            writer = Thread.ofVirtual().name("mcp-to-" + who).start(this::write);
            Thread.ofVirtual().name("mcp-from-" + who).start(() -> read(handler));
        });
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return Mono.fromRunnable(() -> {
            if (closed.get()) {
                told.join(); // then it is known why
                throw new IllegalStateException(ENDED);
            }
            if (!waiting.offer(line(message))) {
                throw new IllegalStateException("it does not read what it is sent");
            }
        });
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(() -> end("it was closed"));
    }

    @Override
    public void setExceptionHandler(Consumer<Throwable> handler) {
        troubles = handler;
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return json.convertValue(data, type);
    }

    @Override
    public List<String> protocolVersions() {
        return Versions.SPOKEN;
    }

    private byte[] line(JSONRPCMessage message) {
        try {
            byte[] text = json.writeValueAsBytes(message);
            byte[] line = Arrays.copyOf(text, text.length + 1);
            line[text.length] = '\n';
            return line;
        } catch (IOException e) {
            throw new IllegalStateException("a message cannot be written as JSON", e);
        }
    }

    private void write() {
        try {
            while (!closed.get()) {
                to.write(waiting.take());
                to.flush();
            }
        } catch (IOException e) {
            end(ENDED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void read(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        int garbage = 0;
        Lines lines = new Lines(from, LONGEST_LINE);
        try {
            for (String line = lines.next(); line != null && !closed.get(); line = lines.next()) {
                if (!line.isBlank() && !handled(line, handler)) {
                    garbage++;
                    if (garbage > MOST_GARBAGE) {
                        end("it writes what is no message");
                        return;
                    }
                }
            }
            end(ENDED);
        } catch (IOException e) {
            end(e.getMessage() == null ? "it cannot be read" : e.getMessage());
        }
    }

    /// Programs write what is meant for people where messages belong; that is overlooked.
    private boolean handled(String line, Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        JSONRPCMessage message;
        try {
            message = McpSchema.deserializeJsonRpcMessage(json, line);
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} wrote what is no message: {}", who, Cut.toBytes(line, 200));
            return false;
        }
        handler.apply(Mono.just(message)).subscribe(answer -> {}, trouble -> troubles.accept(trouble));
        return true;
    }

    private void end(String why) {
        if (closed.compareAndSet(false, true)) {
            Thread writing = writer;
            if (writing != null && !writing.equals(Thread.currentThread())) {
                writing.interrupt();
            }
            try {
                gone.accept(why);
            } finally {
                told.complete(null);
            }
        }
    }
}
