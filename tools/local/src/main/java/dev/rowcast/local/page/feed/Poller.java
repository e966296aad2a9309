package dev.rowcast.local.page.feed;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Asks one station again and again on a thread of its own.
final class Poller<T> implements AutoCloseable {

    /// What was last heard.
    sealed interface Heard<T> {
        /// The station answered.
        record Answer<T>(T value) implements Heard<T> {}

        /// It did not, or was not asked yet.
        record Silence<T>(String why) implements Heard<T> {}
    }

    private static final Logger LOG = System.getLogger(Poller.class.getName());

    /// Asking takes at most one part in this many of the time, so that looking does not become load.
    private static final int REST_FACTOR = 10;
    private static final Duration REST_AFTER_SILENCE = Duration.ofSeconds(1);

    private final StationQuery<T> reading;
    private final Duration interval;
    private final Consumer<Heard<T>> listener;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private Poller(String name, StationQuery<T> reading, Duration interval, Consumer<Heard<T>> listener) {
        this.reading = reading;
        this.interval = interval;
        this.listener = listener;
        this.thread = Thread.ofVirtual().name("page-" + name).unstarted(this::run);
    }

    /// @param interval shortest time from one answer to the next question; zero when the reading waits by itself
    /// @param listener hears each answer and each failure
    static <T> Poller<T> start(String name, StationQuery<T> reading, Duration interval, Consumer<Heard<T>> listener) {
        Poller<T> poller = new Poller<>(name, reading, interval, listener);
        poller.thread.start();
        return poller;
    }

    private void run() {
        Duration rest;
        do {
            long start = System.nanoTime();
            Heard<T> heard = ask();
            tell(heard);
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            rest = switch (heard) {
                case Heard.Answer<T> _ when interval.isZero() -> interval;
                case Heard.Answer<T> _ -> max(interval, taken.multipliedBy(REST_FACTOR));
                case Heard.Silence<T> _ -> max(interval, REST_AFTER_SILENCE);
            };
        } while (goesOnAfter(rest));
    }

    private Heard<T> ask() {
        try {
            return new Heard.Answer<>(reading.read());
        } catch (Exception | Error e) {
            return new Heard.Silence<>(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }

    /// A fault of the listener costs it this answer, not all that follow.
    private void tell(Heard<T> heard) {
        try {
            listener.accept(heard);
        } catch (RuntimeException | Error fault) {
            LOG.log(Level.WARNING, thread.getName() + " was heard and could not be shown", fault);
        }
    }

    private boolean goesOnAfter(Duration rest) {
        try {
            return !closed.await(rest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    /// Asks no more; a question that is under way is not waited for.
    @Override
    public void close() {
        closed.countDown();
    }
}
