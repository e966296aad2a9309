package dev.rowcast.proof.bench;

import dev.rowcast.kafkasource.event.CloudEvent;
import dev.rowcast.kafkasource.http.EventSubscriber;
import dev.rowcast.kafkasource.http.FunctionRequest;
import dev.rowcast.kafkasource.http.HttpSubscriber;
import dev.rowcast.local.run.LocalSystem;
import dev.rowcast.proof.bench.figure.LinuxProcess;
import dev.rowcast.testkit.manifest.eventing.KafkaSourceManifest;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// Measures the throughput of one instance of each function by number of concurrent requests, without the
/// rest of the path. The manifests' `containerConcurrency` and `autoscaling.knative.dev/target` are derived
/// from it.
///
/// The events are real records of the function's topics. Each round raises their positions, so that every
/// event is stored. Debezium is frozen, so that the stored rows cause no further events.
public record Concurrency(String name, String namespace, EventSubscriber function, List<CloudEvent> events) {

    private static final int ROWS = 5_000;
    private static final int WARM_UP = 5_000;
    private static final int EVENTS = 5_000;
    private static final List<Integer> AT_A_TIME = List.of(1, 4, 16, 32, 64, 128, 256);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /// Prints a line for each function and each number of events at a time.
    ///
    /// @param arguments none
    public static void main(String[] arguments) throws Exception {
        try (BenchSystem system = BenchSystem.start(Duration.ofMinutes(30))) {
            LocalSystem local = system.local();
            system.rows().insert("ROW", 1, ROWS);
            system.awaitPredicted("ROW", ROWS);
            system.awaitIdle();
            local.stations().connect().freeze();
            System.out.printf(
                    "%-10s %11s %10s %8s %8s %8s%n", "function", "at a time", "events/s", "ratio", "p50 ms", "p99 ms");
            for (KafkaSourceManifest source : local.manifests().sources()) {
                measure(local, source);
            }
            local.stations().connect().resume();
        }
    }

    private static void measure(LocalSystem system, KafkaSourceManifest source) throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        try {
            long pid = system.activators().get(source.service()).status().pid().orElseThrow();
            int port = Integer.parseInt(LinuxProcess.environment(pid, "PORT"));
            int most = AT_A_TIME.getLast();
            HttpSubscriber function = new HttpSubscriber(
                    vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(most)),
                    "127.0.0.1",
                    port);
            List<CloudEvent> events =
                    RecordedEvents.of(source, system.stations().kafka().address(), EVENTS);
            new Concurrency(source.service(), source.namespace(), function, events).measure();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private void measure() throws InterruptedException {
        int round = 1;
        post(round, 64, WARM_UP);
        double alone = 0;
        for (int atATime : AT_A_TIME) {
            int count = Math.min(EVENTS, 500 * atATime);
            long begun = System.nanoTime();
            long[] nanos = post(++round, atATime, count);
            double rate = count * 1e9 / (System.nanoTime() - begun);
            alone = alone == 0 ? rate : alone;
            System.out.printf(
                    "%-10s %11d %10.0f %8.1f %8.1f %8.1f%n",
                    name, atATime, rate, rate / alone, nanos[count / 2] / 1e6, nanos[count * 99 / 100] / 1e6);
        }
    }

    /// Posts events with at most `atATime` concurrent requests.
    ///
    /// @return the time of each request in nanoseconds, sorted
    private long[] post(int round, int atATime, int count) throws InterruptedException {
        Semaphore free = new Semaphore(atATime);
        long[] nanos = new long[count];
        AtomicInteger failed = new AtomicInteger();
        List<FunctionRequest> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            requests.add(FunctionRequest.of(RecordedEvents.later(events.get(i % events.size()), round), namespace));
        }
        for (int i = 0; i < count; i++) {
            int place = i;
            free.acquire();
            long begun = System.nanoTime();
            function.post(requests.get(i), TIMEOUT).onComplete(answered -> {
                nanos[place] = System.nanoTime() - begun;
                if (answered.failed() || !answered.result().isSuccess()) {
                    failed.incrementAndGet();
                }
                free.release();
            });
        }
        free.acquire(atATime);
        if (failed.get() > 0) {
            throw new IllegalStateException(
                    name + ": " + failed.get() + " of " + count + " events failed, at a time " + atATime);
        }
        Arrays.sort(nanos);
        return nanos;
    }
}
