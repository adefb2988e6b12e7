package dev.dwata.persistence;

import dev.dwata.agent.store.Runs;
import dev.dwata.agent.store.SessionLog;
import dev.dwata.agent.store.Store;
import dev.dwata.types.AgentEvent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// Makes stores whose process ends, as by SIGKILL, right before or right after the n-th thing that a run has
/// them store.
final class HaltingStore {
    static final int HALTED = 9;
    private static final Set<String> STEPS = Set.of("admit", "append", "start");

    private final int last;
    private final boolean after;
    private final AtomicInteger steps = new AtomicInteger();

    HaltingStore(int last, boolean after) {
        this.last = last;
        this.after = after;
    }

    /// How much was stored.
    int steps() {
        return steps.get();
    }

    Store around(Store store) {
        SessionLog log = port(SessionLog.class, store.log());
        Runs runs = port(Runs.class, store.runs());
        return proxy(Store.class, (method, arguments) -> switch (method.getName()) {
            case "log" -> log;
            case "runs" -> runs;
            default -> invoke(store, method, arguments);
        });
    }

    private <T> T port(Class<T> type, T port) {
        return proxy(type, (method, arguments) -> {
            if (!STEPS.contains(method.getName())
                    || Arrays.stream(arguments).anyMatch(AgentEvent.Live.class::isInstance)) {
                return invoke(port, method, arguments);
            }
            boolean halts = steps.incrementAndGet() == last;
            if (halts && !after) {
                Runtime.getRuntime().halt(HALTED);
            }
            Object result = invoke(port, method, arguments);
            if (halts) {
                Runtime.getRuntime().halt(HALTED);
            }
            return result;
        });
    }

    private interface Call {
        Object of(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.of(method, arguments)));
    }

    private static Object invoke(Object on, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
