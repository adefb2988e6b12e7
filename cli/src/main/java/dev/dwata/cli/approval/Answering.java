package dev.dwata.cli.approval;

import dev.dwata.cli.home.Backend;
import dev.dwata.cli.output.EventPrinter;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.ChildInput;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.AgentEvent.MessageReceived;
import dev.dwata.types.AgentException;
import dev.dwata.types.Envelope;
import dev.dwata.types.InputId;
import dev.dwata.types.InputKind;
import dev.dwata.types.InputRequest;
import dev.dwata.types.InputResponse;
import dev.dwata.types.RunId;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Shows events, and has a person answer the requests among them: one at a time, each after what led to it was
/// shown. A request that is answered elsewhere meanwhile is taken back before that is shown. Where nobody is
/// there, only what the runs of this client's own messages ask is answered.
public final class Answering implements EventPrinter {
    private static final int MOST_TIMES = 20;
    private static final int REMEMBERED = 64;
    private static final Duration TAKING_BACK = Duration.ofSeconds(2);

    private final EventPrinter printer;
    private final Backend backend;
    private final Approver approver;
    private final Attention attention;
    private final ReentrantLock oneAtATime = new ReentrantLock(true);
    private final Map<InputId, Thread> asking = new ConcurrentHashMap<>();
    private final Set<RunId> own = new LinkedHashSet<>();

    public Answering(EventPrinter printer, Backend backend, Approver approver, Attention attention) {
        this.printer = printer;
        this.backend = backend;
        this.approver = approver;
        this.attention = attention;
    }

    @Override
    public void print(Envelope envelope) {
        AgentEvent event = envelope.event();
        if (event instanceof MessageReceived message && attention.clientId().equals(message.clientId())) {
            own(envelope.runId());
        }
        InputResolved resolved = event instanceof ChildInput child ? child.resolution() : resolution(event);
        if (resolved != null) {
            takeBack(resolved);
        }
        printer.print(envelope);
        InputRequested request = event instanceof ChildInput child ? child.request() : request(event);
        if (request != null) {
            heed(request, envelope.runId());
        }
    }

    private static @Nullable InputResolved resolution(AgentEvent event) {
        return event instanceof InputResolved resolved ? resolved : null;
    }

    private static @Nullable InputRequested request(AgentEvent event) {
        return event instanceof InputRequested request ? request : null;
    }

    /// Counts a run as one of this client's.
    public void own(@Nullable RunId run) {
        synchronized (own) {
            if (run != null && own.add(run) && own.size() > REMEMBERED) {
                own.remove(own.iterator().next());
            }
        }
    }

    private boolean isOwn(@Nullable RunId run) {
        synchronized (own) {
            return run != null && own.contains(run);
        }
    }

    /// Has the person answer what was asked before anybody watched, and waits for that.
    public void askAbout(List<InputRequest> open) throws InterruptedException {
        for (InputRequest request : open) {
            if (request.asked().kind() != InputKind.CLIENT_TOOL && (approver.isPerson() || isOwn(request.runId()))) {
                Thread thread = ask(request.asked());
                if (thread != null) {
                    thread.join();
                }
            }
        }
    }

    private void heed(InputRequested request, @Nullable RunId run) {
        if (request.kind() == InputKind.CLIENT_TOOL || !(approver.isPerson() || isOwn(run))) {
            return;
        }
        if (!approver.isPerson() || attention.mayAsk().getAsBoolean()) {
            ask(request);
        } else {
            boolean question = request.kind() == InputKind.QUESTION;
            attention
                    .notices()
                    .accept("answer it with: dwata inputs " + (question ? "answer " : "approve ")
                            + request.requestId());
        }
    }

    private @Nullable Thread ask(InputRequested request) {
        Thread thread = Thread.ofVirtual().name("dwata-asking").unstarted(() -> answer(request));
        if (asking.putIfAbsent(request.requestId(), thread) != null) {
            return null;
        }
        thread.start();
        return thread;
    }

    private void takeBack(InputResolved resolved) {
        Thread thread = asking.remove(resolved.requestId());
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join(TAKING_BACK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void answer(InputRequested request) {
        InputId id = request.requestId();
        Thread self = Thread.currentThread();
        try {
            for (int i = 0; i < MOST_TIMES; i++) {
                InputResponse response = askOne(request);
                if (response == null || !asking.remove(id, self)) {
                    return;
                }
                String unfit = give(id, response);
                if (unfit == null || asking.putIfAbsent(id, self) != null) {
                    return;
                }
                attention.notices().accept(unfit);
            }
        } catch (InterruptedException e) {
            if (asking.remove(id, self)) {
                attention.interrupted().run();
            }
        } finally {
            asking.remove(id, self);
        }
    }

    /// @return absent unless it can be answered again, then what is wrong
    private @Nullable String give(InputId id, InputResponse response) {
        try {
            backend.respond(id, response);
            return null;
        } catch (AgentException e) {
            if (e.error() instanceof AgentError.InvalidRequest unfit) {
                return unfit.message();
            }
            if (!(e.error() instanceof AgentError.AlreadyResolved)) { // whose event tells by whom
                attention.notices().accept(e.error().message());
            }
            return null;
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
