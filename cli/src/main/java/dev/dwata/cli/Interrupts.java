package dev.dwata.cli;

import java.lang.reflect.Proxy;

/// Takes signals of the operating system. Java has a way that is not part of its standard and cannot be
/// compiled against without a warning; where it is missing, signals end the process as ever.
final class Interrupts {
    private Interrupts() {}

    /// @param signal  `INT`, `TERM` …
    /// @param handler called each time, on a thread of its own
    static void handle(String signal, Runnable handler) {
        try {
            Class<?> signals = Class.forName("sun.misc.Signal");
            Class<?> handlers = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    Interrupts.class.getClassLoader(),
                    new Class<?>[] {handlers},
                    (self, method, arguments) -> switch (method.getName()) {
                        case "handle" -> {
                            handler.run();
                            yield null;
                        }
                        case "hashCode" -> System.identityHashCode(self);
                        case "equals" -> System.identityHashCode(self) == System.identityHashCode(arguments[0]);
                        default -> "handler of " + signal;
                    });
            Object made = signals.getConstructor(String.class).newInstance(signal);
            signals.getMethod("handle", signals, handlers).invoke(null, made, proxy);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            // as ever
        }
    }
}
