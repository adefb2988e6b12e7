package dev.dwata.gateway.metrics;

import dev.dwata.agent.Activity;
import dev.dwata.gateway.auth.Caller;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.gateway.http.Door;
import dev.dwata.gateway.http.RouteTable;
import dev.dwata.gateway.http.Services;
import dev.dwata.types.AgentException;
import dev.dwata.types.SessionId;
import io.javalin.http.Context;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// `/metrics`: numbers about everybody together, without a name of a session or of a person.
public final class MetricsDoor implements Door {
    private final Services services;
    private final RequestMeter requests;
    private final LogMeter log = new LogMeter();

    public MetricsDoor(Services services, RequestMeter requests) {
        this.services = services;
        this.requests = requests;
        services.store().log().listen(log);
    }

    @Override
    public void register(RouteTable routes) {
        routes.get("/metrics", Scope.ADMIN, this::show)
                .about("status", "Read the metrics of the gateway")
                .details("In the text format of Prometheus.")
                .answers(200, "text/plain", "all metrics");
    }

    private void show(Context context, Caller caller) {
        Exposition out = new Exposition();
        out.family("dwata_info", "gauge", "Which dwata this is.");
        out.sample("dwata_info", List.of("version", services.version()), 1);
        gateway(out);
        store(out);
        log.write(out);
        requests.write(out);
        jvm(out);
        context.contentType(Exposition.MEDIA_TYPE).result(out.toString());
    }

    private void gateway(Exposition out) {
        List<SessionId> busy = services.runtime().busySessions();
        Set<SessionId> active = new HashSet<>(services.audience().followed());
        active.addAll(busy);
        List<Activity> lanes =
                busy.stream().map(id -> services.runtime().activity(id)).toList();
        out.single(
                "dwata_connections",
                "gauge",
                "Open WebSockets.",
                services.audience().connections());
        out.single(
                "dwata_outbox_overflows_total",
                "counter",
                "Connections that were closed because their client was too slow.",
                (double) services.audience().overflows());
        out.single("dwata_sessions_active", "gauge", "Sessions that are followed or in which a run is.", active.size());
        out.single("dwata_runs_active", "gauge", "Runs that are under way.", (double)
                lanes.stream().filter(lane -> lane.activeRun() != null).count());
        out.single(
                "dwata_runs_queued",
                "gauge",
                "Runs that wait for their turn.",
                lanes.stream().mapToInt(Activity::queued).sum());
    }

    /// Whether it takes what is written, and how long that took just now.
    private void store(Exposition out) {
        long began = System.nanoTime();
        boolean healthy;
        try {
            services.store().check();
            healthy = true;
        } catch (AgentException e) {
            healthy = false;
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        out.single("dwata_store_up", "gauge", "Whether the store takes what is written.", healthy ? 1 : 0);
        out.single("dwata_store_check_seconds", "gauge", "How long the store took to answer just now.", seconds);
    }

    private static void jvm(Exposition out) {
        Runtime runtime = Runtime.getRuntime();
        out.single("jvm_memory_used_bytes", "gauge", "Heap in use.", (double)
                (runtime.totalMemory() - runtime.freeMemory()));
        out.single("jvm_memory_max_bytes", "gauge", "Heap that may be used.", (double) runtime.maxMemory());
        out.single(
                "jvm_threads_current",
                "gauge",
                "Platform threads.",
                ManagementFactory.getThreadMXBean().getThreadCount());
        out.family("jvm_gc_collection_seconds_total", "counter", "Time spent collecting garbage.");
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            out.sample(
                    "jvm_gc_collection_seconds_total",
                    List.of("gc", collector.getName()),
                    Math.max(0, collector.getCollectionTime()) / 1_000.0);
        }
        out.single(
                "process_uptime_seconds",
                "gauge",
                "Since this process was started.",
                ManagementFactory.getRuntimeMXBean().getUptime() / 1_000.0);
        ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toMillis)
                .ifPresent(millis ->
                        out.single("process_cpu_seconds_total", "counter", "Processor time used.", millis / 1_000.0));
    }
}
