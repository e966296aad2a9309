package dev.rowcast.proof.chaos.fault;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/// Retries a query while the queried store is down because of another fault.
final class Retry {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final Duration INTERVAL = Duration.ofMillis(250);

    /// A query of a store.
    @FunctionalInterface
    interface Query<T> {
        /// Runs the query.
        T run() throws SQLException, IOException, ExecutionException, TimeoutException, InterruptedException;
    }

    /// Every try failed.
    static final class TimedOut extends Exception {
        private static final long serialVersionUID = 1;

        private TimedOut(String problem, Exception last) {
            super(problem + " (for " + TIMEOUT.toSeconds() + " s): " + last.getMessage(), last);
        }
    }

    private Retry() {}

    /// {@return the first result}
    ///
    /// @param problem the message when every try fails
    static <T> T until(String problem, Query<T> query) throws InterruptedException, TimedOut {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (true) {
            try {
                return query.run();
            } catch (SQLException | IOException | ExecutionException | TimeoutException failure) {
                if (System.nanoTime() > deadline) {
                    throw new TimedOut(problem, failure);
                }
                Thread.sleep(INTERVAL);
            }
        }
    }

    /// Returns when nothing remains.
    ///
    /// @param problem the message when something remains
    /// @param remaining returns a description of the rest
    static void untilNone(String problem, Query<Optional<String>> remaining) throws InterruptedException, TimedOut {
        until(problem, () -> {
            Optional<String> rest = remaining.run();
            if (rest.isPresent()) {
                throw new IOException(rest.get());
            }
            return true;
        });
    }
}
