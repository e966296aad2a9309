package dev.rowcast.proof.chaos.fault;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/// Asks again and again, because what is asked may be down by another fault.
final class Retry {

    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    /// What is asked for.
    @FunctionalInterface
    interface Question<T> {
        /// Asks.
        T ask() throws SQLException, IOException, ExecutionException, TimeoutException, InterruptedException;
    }

    /// There was no answer for long.
    static final class Over extends Exception {
        private static final long serialVersionUID = 1;

        private Over(String what, Exception last) {
            super(what + " (for " + LONGEST.toSeconds() + " s): " + last.getMessage(), last);
        }
    }

    private Retry() {}

    /// The first answer.
    ///
    /// @param otherwise what is wrong when there is none
    static <T> T until(String otherwise, Question<T> question) throws InterruptedException, Over {
        long until = System.nanoTime() + LONGEST.toNanos();
        while (true) {
            try {
                return question.ask();
            } catch (SQLException | IOException | ExecutionException | TimeoutException notNow) {
                if (System.nanoTime() > until) {
                    throw new Over(otherwise, notNow);
                }
                Thread.sleep(LOOK_EVERY);
            }
        }
    }

    /// Returns when there is nothing left.
    ///
    /// @param otherwise what is wrong when there is something
    /// @param left what there is, in words
    static void untilNone(String otherwise, Question<Optional<String>> left) throws InterruptedException, Over {
        until(otherwise, () -> {
            Optional<String> still = left.ask();
            if (still.isPresent()) {
                throw new IOException(still.get());
            }
            return true;
        });
    }
}
