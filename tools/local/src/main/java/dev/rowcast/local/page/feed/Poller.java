package dev.rowcast.local.page.feed;

import dev.rowcast.local.thread.StopSignal;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Consumer;

/// Repeats a query on its own thread.
final class Poller<T> implements AutoCloseable {

    /// The result of one query.
    sealed interface Result<T> {
        /// The station answered.
        record Value<T>(T value) implements Result<T> {}

        /// The station did not answer, or was not queried yet.
        record Failure<T>(String why) implements Result<T> {}

        /// The value, or `otherwise` after a failure.
        default T orElse(T otherwise) {
            return switch (this) {
                case Value<T>(T value) -> value;
                case Failure<T> _ -> otherwise;
            };
        }
    }

    private static final Logger LOG = System.getLogger(Poller.class.getName());

    /// The pause after a query is at least its duration times this factor, so that queries do
    /// not become load.
    private static final int PAUSE_FACTOR = 10;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final StationQuery<T> query;
    private final Duration interval;
    private final Consumer<Result<T>> listener;
    private final StopSignal stop = new StopSignal();

    /// Starts to query.
    ///
    /// @param interval shortest time between two queries; zero when the query itself waits
    /// @param listener receives each result
    Poller(String name, StationQuery<T> query, Duration interval, Consumer<Result<T>> listener) {
        this.query = query;
        this.interval = interval;
        this.listener = listener;
        Thread.ofVirtual().name("page-" + name).start(this::run);
    }

    private void run() {
        Duration pause;
        do {
            long start = System.nanoTime();
            Result<T> result = query();
            publish(result);
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            pause = switch (result) {
                case Result.Value<T> _ when interval.isZero() -> interval;
                case Result.Value<T> _ -> max(interval, taken.multipliedBy(PAUSE_FACTOR));
                case Result.Failure<T> _ -> max(interval, PAUSE_AFTER_FAILURE);
            };
        } while (stop.continuesAfter(pause));
    }

    private Result<T> query() {
        try {
            return new Result.Value<>(query.read());
        } catch (Exception | Error e) {
            return new Result.Failure<>(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }

    /// A failure of the listener loses this result only.
    private void publish(Result<T> result) {
        try {
            listener.accept(result);
        } catch (RuntimeException | Error fault) {
            LOG.log(Level.WARNING, Thread.currentThread().getName() + ": the page cannot show the result", fault);
        }
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    /// Stops polling; does not wait for a query in progress.
    @Override
    public void close() {
        stop.request();
    }
}
