package dev.rowcast.proof.chaos.delivery;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.rowcast.kafkasource.http.EventSubscriber;
import dev.rowcast.kafkasource.http.FunctionRequest;
import dev.rowcast.kafkasource.http.FunctionResponse;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/// Delivers events between a source and its function: each one several times, shuffled within a window, or
/// with shifted times, as set. Each answer is logged. Thread safe.
public final class FaultyDelivery implements AutoCloseable {

    private static final Duration LONGEST_HOLD = Duration.ofMillis(400);
    private static final long LATEST_COPY_MILLIS = 300;

    private final DeliveryLog log;
    private final Random random;
    private final List<HeldEvent> held = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("faulty-delivery").factory());
    private volatile int copies = 1;
    private volatile int window = 1;
    private volatile Duration skew = Duration.ZERO;

    private record HeldEvent(Runnable delivery, long since) {}

    /// Starts without any fault.
    ///
    /// @param log receives every answer
    /// @param seed of the shuffling
    public FaultyDelivery(DeliveryLog log, long seed) {
        this.log = log;
        this.random = new Random(seed);
        var _ = timer.scheduleWithFixedDelay(this::releaseDue, 50, 50, MILLISECONDS);
    }

    /// Sets how often each event is delivered.
    public void setCopies(int number) {
        copies = number;
    }

    /// Sets how many events are collected and shuffled; 1 for none.
    public void setWindow(int events) {
        window = events;
    }

    /// Sets the largest shift of the times in events.
    public void setSkew(Duration most) {
        skew = most;
    }

    /// {@return the number of events that a source must be able to have in flight}
    public int window() {
        return window;
    }

    /// {@return the subscriber that a source delivers to in place of the function}
    public EventSubscriber before(String source, EventSubscriber function) {
        return (request, timeout) -> {
            Promise<FunctionResponse> answer = Promise.promise();
            FunctionRequest sent = skew.isZero() ? request : ClockSkew.skewed(request, skew, random);
            Runnable delivery = () -> copies(source, function, sent, timeout).onComplete(answer);
            if (window <= 1) {
                delivery.run();
            } else {
                hold(delivery);
            }
            return answer.future();
        };
    }

    private Future<FunctionResponse> copies(
            String source, EventSubscriber function, FunctionRequest request, Duration timeout) {
        Future<FunctionResponse> worst = post(source, function, request, timeout);
        for (int copy = 1; copy < copies; copy++) {
            Future<FunctionResponse> next = copy == 1
                    ? post(source, function, request, timeout)
                    : later().compose(ready -> post(source, function, request, timeout));
            Future<FunctionResponse> before = worst;
            // An event is delivered when every copy is.
            worst = before.compose(one -> next.map(other -> one.isSuccess() ? other : one));
        }
        return worst;
    }

    private Future<FunctionResponse> post(
            String source, EventSubscriber function, FunctionRequest request, Duration timeout) {
        return function.post(request, timeout).onSuccess(answer -> log.add(source, request, answer));
    }

    private Future<Void> later() {
        Promise<Void> ready = Promise.promise();
        var _ = timer.schedule(() -> ready.complete(), random.nextLong(1, LATEST_COPY_MILLIS), MILLISECONDS);
        return ready.future();
    }

    private void hold(Runnable delivery) {
        synchronized (held) {
            held.add(new HeldEvent(delivery, System.nanoTime()));
        }
        releaseDue();
    }

    private void releaseDue() {
        List<HeldEvent> due = new ArrayList<>();
        synchronized (held) {
            if (!held.isEmpty()
                    && (System.nanoTime() - held.getFirst().since() > LONGEST_HOLD.toNanos()
                            || held.size() >= window)) {
                due.addAll(held);
                held.clear();
            }
        }
        Collections.shuffle(due, random);
        due.forEach(event -> event.delivery().run());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
