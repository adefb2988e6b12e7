package dev.dwata.benchmarks.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/// Serves Chat Completions on a port of this machine from one thread. A conversation without a tool's result is
/// answered with a tool call, any other with a text.
///
/// Writes its port to stdout, then for each line on stdin how many connections and requests there were so far;
/// ends with its stdin.
public final class ModelServer {
    private static final int BACKLOG = 4_096;

    private final Script script;
    private final Selector selector;
    private final ServerSocketChannel listener;
    private final Wheel wheel = new Wheel();
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();

    private ModelServer(Script script) throws IOException {
        this.script = script;
        selector = Selector.open();
        listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
    }

    /// @param arguments how many tokens a text has, and how many milliseconds lie between two of them
    public static void main(String[] arguments) throws IOException {
        Script script = new Script(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
        ModelServer server = new ModelServer(script);
        Thread.ofPlatform().daemon().name("model").start(server::serve);
        System.out.println(server.listener.socket().getLocalPort());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            System.out.println(server.connections + " " + server.requests);
        }
    }

    private void serve() {
        try {
            while (true) {
                selector.select(this::ready, wheel.millisToNext());
                wheel.turn();
            }
        } catch (IOException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept();
            } else if (key.attachment() instanceof Exchange exchange) {
                exchange.ready(key);
            }
        } catch (IOException e) {
            key.cancel();
        }
    }

    private void accept() throws IOException {
        for (SocketChannel socket = listener.accept(); socket != null; socket = listener.accept()) {
            connections.incrementAndGet();
            socket.configureBlocking(false);
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            SelectionKey key = socket.register(selector, SelectionKey.OP_READ);
            key.attach(new Exchange(socket, key, script, wheel, requests));
        }
    }
}
