package dev.dwata.gateway.metrics;

import dev.dwata.gateway.http.Answered;
import dev.dwata.gateway.http.RequestListener;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/// Counts requests by their routes, and how long they took.
public final class RequestMeter implements RequestListener {
    private static final String TIMES = "dwata_http_request_duration_seconds";
    private static final double[] BOUNDS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};

    private final Counter requests =
            new Counter("dwata_http_requests_total", "Requests that were answered.", "method", "route", "status");
    private final ConcurrentMap<Way, Times> times = new ConcurrentHashMap<>();

    private record Way(String method, String route) {}

    private static final class Times {
        private final List<LongAdder> within = new ArrayList<>();
        private final LongAdder count = new LongAdder();
        private final DoubleAdder sum = new DoubleAdder();

        Times() {
            for (int i = 0; i < BOUNDS.length; i++) {
                within.add(new LongAdder());
            }
        }

        void add(double seconds) {
            for (int i = 0; i < BOUNDS.length; i++) {
                if (seconds <= BOUNDS[i]) {
                    within.get(i).increment();
                }
            }
            sum.add(seconds);
            count.increment();
        }
    }

    @Override
    public void answered(Answered request) {
        String route = request.route() == null ? "none" : request.route();
        requests.add(1, request.method(), route, Integer.toString(request.status()));
        times.computeIfAbsent(new Way(request.method(), route), way -> new Times())
                .add(request.time().toNanos() / 1e9);
    }

    void write(Exposition out) {
        requests.write(out);
        out.family(TIMES, "histogram", "How long requests took, streams of events included.");
        Map<Way, Times> inOrder = new TreeMap<>(Comparator.comparing(Way::route).thenComparing(Way::method));
        inOrder.putAll(times);
        inOrder.forEach((way, measured) -> write(out, way, measured));
    }

    private static void write(Exposition out, Way way, Times measured) {
        List<String> labels = List.of("method", way.method(), "route", way.route());
        long count = measured.count.sum();
        for (int i = 0; i < BOUNDS.length; i++) {
            out.sample(TIMES + "_bucket", with(labels, Double.toString(BOUNDS[i])), (double)
                    Math.min(count, measured.within.get(i).sum()));
        }
        out.sample(TIMES + "_bucket", with(labels, "+Inf"), (double) count);
        out.sample(TIMES + "_sum", labels, measured.sum.sum());
        out.sample(TIMES + "_count", labels, (double) count);
    }

    private static List<String> with(List<String> labels, String bound) {
        List<String> all = new ArrayList<>(labels);
        all.addAll(List.of("le", bound));
        return all;
    }
}
