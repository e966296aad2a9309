package dev.rowcast.retention.postgres;

import dev.rowcast.postgres.Refusal;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Maps the failures of a transaction to [Refusal].
public final class JdbcRefusals {

    private JdbcRefusals() {}

    /// @param failure the failure of a transaction, or of the connection
    /// @throws RuntimeException `failure` itself, if it is a bug of this program and not of Postgres
    public static Refusal of(RuntimeException failure) {
        return firstIn(failure, SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .map(JdbcRefusals::innermost)
                .map(refused -> Refusal.of(String.valueOf(refused.getSQLState()), message(refused)))
                .or(() -> unfinished(failure))
                .orElseThrow(() -> failure);
    }

    /// @param failure the failure of a statement
    public static Refusal of(SQLException failure) {
        return of(new IllegalStateException(failure));
    }

    /// The message of a failed JDBC batch has the whole statement with its row. The next
    /// exception has the message of Postgres.
    private static SQLException innermost(SQLException failure) {
        SQLException innermost = failure;
        while (innermost.getNextException() != null) {
            innermost = innermost.getNextException();
        }
        return innermost;
    }

    /// The refusal for a transaction that failed without an SQLException: it timed out, or lost its
    /// connection during the commit. It is safe to retry, stored or not.
    private static Optional<Refusal> unfinished(RuntimeException failure) {
        return firstIn(
                        failure,
                        found -> found instanceof RollbackException
                                || found instanceof HeuristicMixedException
                                || found instanceof HeuristicRollbackException)
                .map(found -> new Refusal.Temporary("the transaction was not completed: " + found.getMessage()));
    }

    /// Only the first line: the detail of a violated constraint has the whole row, and logs
    /// and headers must not have row data.
    private static String message(SQLException refused) {
        String message =
                String.valueOf(refused.getMessage()).lines().findFirst().orElse("");
        return refused.getSQLState() == null || refused.getSQLState().startsWith("08")
                ? "Postgres cannot be reached: " + message
                : "Postgres answered " + refused.getSQLState() + ": " + message;
    }

    /// Searches causes and suppressed exceptions: a failed commit has its reason there.
    private static Optional<Throwable> firstIn(Throwable failure, Predicate<Throwable> wanted) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> open = new ArrayDeque<>();
        open.add(failure);
        while (!open.isEmpty()) {
            Throwable next = open.remove();
            if (wanted.test(next)) {
                return Optional.of(next);
            }
            if (seen.add(next)) {
                Optional.ofNullable(next.getCause()).ifPresent(open::add);
                Collections.addAll(open, next.getSuppressed());
            }
        }
        return Optional.empty();
    }
}
