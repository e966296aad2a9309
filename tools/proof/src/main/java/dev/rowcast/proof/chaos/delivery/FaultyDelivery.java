package dev.rowcast.proof.chaos.delivery;

import dev.rowcast.kafkasource.delivery.RetryPolicy;
import dev.rowcast.kafkasource.http.Answer;
import dev.rowcast.kafkasource.http.FunctionRequest;
import dev.rowcast.kafkasource.http.Subscriber;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// Stands between a source and its function: delivers each event several times, and shuffles within a window, as it is
/// told. What it lets through it writes into the ledger. Thread safe.
public final class FaultyDelivery implements AutoCloseable {

    private static final Duration LONGEST_HOLD = Duration.ofMillis(400);
    private static final Duration LATEST_COPY = Duration.ofMillis(300);

    private final DeliveryLog ledger;
    private final Random random;
    private final List<Held> held = new ArrayList<>();
    private final Thread releaser = Thread.ofVirtual().name("shuffle").unstarted(this::releaseOld);
    private volatile int copies = 1;
    private volatile int window = 1;
    private volatile Duration skew = Duration.ZERO;
    private volatile boolean closed;

    private record Held(Runnable go, long since) {}

    /// No disorder yet.
    ///
    /// @param ledger takes every answer
    /// @param seed of the shuffling
    public FaultyDelivery(DeliveryLog ledger, long seed) {
        this.ledger = ledger;
        this.random = new Random(seed);
        releaser.start();
    }

    /// From now on each event is delivered so many times.
    public void setCopies(int number) {
        copies = number;
    }

    /// From now on so many events wait for each other and go in any order; 1 for none.
    public void setWindow(int events) {
        window = events;
    }

    /// From now on the times of each event are wrong by up to so much.
    public void setSkew(Duration most) {
        skew = most;
    }

    /// How many events the sources must be able to have under way.
    public int window() {
        return window;
    }

    /// The way of one source.
    public Subscriber before(String source, Subscriber function) {
        return (request, timeout) -> {
            Promise<Answer> answer = Promise.promise();
            FunctionRequest sent = skew.isZero() ? request : ClockSkew.skewed(request, skew, random);
            Runnable go = () -> copies(source, function, sent, timeout).onComplete(answer);
            if (window <= 1) {
                go.run();
            } else {
                hold(go);
            }
            return answer.future();
        };
    }

    private Future<Answer> copies(String source, Subscriber function, FunctionRequest request, Duration timeout) {
        Future<Answer> worst = post(source, function, request, timeout);
        for (int copy = 1; copy < copies; copy++) {
            Future<Answer> next = copy == 1
                    ? post(source, function, request, timeout)
                    : later().compose(ready -> post(source, function, request, timeout));
            Future<Answer> before = worst;
            worst = before.compose(one -> next.map(other -> worse(one, other)));
        }
        return worst;
    }

    private Future<Answer> post(String source, Subscriber function, FunctionRequest request, Duration timeout) {
        return function.post(request, timeout).onSuccess(answer -> ledger.answered(source, request, answer));
    }

    private Future<Void> later() {
        Promise<Void> ready = Promise.promise();
        long millis = random.nextLong(1, LATEST_COPY.toMillis());
        Thread.ofVirtual().name("late-copy").start(() -> {
            sleep(Duration.ofMillis(millis));
            ready.complete();
        });
        return ready.future();
    }

    /// An event is delivered when every copy of it is.
    private static Answer worse(Answer one, Answer other) {
        return isSuccess(one) ? other : one;
    }

    private static boolean isSuccess(Answer answer) {
        return answer instanceof Answer.Answered known && RetryPolicy.isSuccess(known.status());
    }

    private void hold(Runnable go) {
        List<Held> full = List.of();
        synchronized (held) {
            held.add(new Held(go, System.nanoTime()));
            if (held.size() >= window) {
                full = List.copyOf(held);
                held.clear();
            }
        }
        release(full);
    }

    private void releaseOld() {
        while (!closed) {
            sleep(Duration.ofMillis(50));
            List<Held> old = List.of();
            synchronized (held) {
                long now = System.nanoTime();
                if (!held.isEmpty()
                        && (now - held.getFirst().since() > LONGEST_HOLD.toNanos() || held.size() >= window)) {
                    old = List.copyOf(held);
                    held.clear();
                }
            }
            release(old);
        }
    }

    private void release(List<Held> some) {
        List<Held> shuffled = new ArrayList<>(some);
        Collections.shuffle(shuffled, random);
        shuffled.forEach(one -> one.go().run());
    }

    private static void sleep(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
