package dev.dwata.cli.approval;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.cli.output.EventPrinter;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.ChildInput;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.AgentException;
import dev.dwata.types.Envelope;
import dev.dwata.types.InputId;
import dev.dwata.types.InputResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Shows events, and has a person answer the requests among them: one at a time, each after what led to it was
/// shown. A request that is answered elsewhere meanwhile is taken back.
public final class Answering implements EventPrinter {
    private final EventPrinter printer;
    private final AgentRuntime runtime;
    private final Approver approver;
    private final BooleanSupplier mayAsk;
    private final Consumer<String> notices;
    private final ReentrantLock oneAtATime = new ReentrantLock(true);
    private final Map<InputId, Thread> asking = new ConcurrentHashMap<>();

    /// @param mayAsk  whether the person is to be asked now
    /// @param notices are told when an answer was not taken
    public Answering(
            EventPrinter printer,
            AgentRuntime runtime,
            Approver approver,
            BooleanSupplier mayAsk,
            Consumer<String> notices) {
        this.printer = printer;
        this.runtime = runtime;
        this.approver = approver;
        this.mayAsk = mayAsk;
        this.notices = notices;
    }

    @Override
    public void print(Envelope envelope) {
        printer.print(envelope);
        heed(envelope.event());
    }

    private void heed(AgentEvent event) {
        if (event instanceof InputRequested request) {
            ask(request);
        } else if (event instanceof InputResolved resolved) {
            takeBack(resolved);
        } else if (event instanceof ChildInput child) {
            if (child.request() != null) {
                ask(child.request());
            }
            if (child.resolution() != null) {
                takeBack(child.resolution());
            }
        }
    }

    private void ask(InputRequested request) {
        if (mayAsk.getAsBoolean()) {
            Thread thread = Thread.ofVirtual().name("dwata-asking").unstarted(() -> answer(request));
            if (asking.putIfAbsent(request.requestId(), thread) == null) {
                thread.start();
            }
        }
    }

    private void takeBack(InputResolved resolved) {
        Thread thread = asking.remove(resolved.requestId());
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void answer(InputRequested request) {
        try {
            InputResponse response = askOne(request);
            if (response != null && asking.containsKey(request.requestId())) {
                runtime.respond(request.requestId(), response);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it was answered elsewhere
        } catch (AgentException e) {
            if (!(e.error() instanceof AgentError.AlreadyResolved)) {
                notices.accept(e.error().message());
            }
        } finally {
            asking.remove(request.requestId());
        }
    }

    private @Nullable InputResponse askOne(InputRequested request) throws InterruptedException {
        oneAtATime.lockInterruptibly();
        try {
            return approver.ask(request);
        } finally {
            oneAtATime.unlock();
        }
    }
}
