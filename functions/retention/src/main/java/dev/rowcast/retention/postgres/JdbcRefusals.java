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

/// Reads a [Refusal] out of the failures of a transaction.
public final class JdbcRefusals {

    private JdbcRefusals() {}

    /// @param failure the failure of a transaction, or of the connection
    /// @throws RuntimeException `failure` itself, if it is a failure of this program and not of Postgres
    public static Refusal of(RuntimeException failure) {
        return firstIn(failure, SQLException.class)
                .map(JdbcRefusals::innermost)
                .map(refused -> Refusal.of(String.valueOf(refused.getSQLState()), words(refused)))
                .or(() -> undone(failure))
                .orElseThrow(() -> failure);
    }

    /// @param failure the failure of a statement
    public static Refusal of(SQLException failure) {
        return of(new IllegalStateException(failure));
    }

    /// The failure of a batch tells the whole statement with its row, and carries the words of Postgres as the next
    /// one.
    private static SQLException innermost(SQLException failure) {
        SQLException innermost = failure;
        while (innermost.getNextException() != null) {
            innermost = innermost.getNextException();
        }
        return innermost;
    }

    /// The transaction did not come to its end, and nobody says why: its time was over, or its connection was lost
    /// while
    /// it was committed. Whether it is stored or not, it may come again.
    private static Optional<Refusal> undone(RuntimeException failure) {
        return firstIn(failure, RollbackException.class)
                .<Exception>map(found -> found)
                .or(() -> firstIn(failure, HeuristicMixedException.class))
                .or(() -> firstIn(failure, HeuristicRollbackException.class))
                .map(found -> new Refusal.Temporary("the transaction did not end well: " + found.getMessage()));
    }

    /// Postgres' detail of a constraint shows the whole row, which is nobody's business in a log or a header; the first
    /// line has none of it.
    private static String words(SQLException refused) {
        String message =
                String.valueOf(refused.getMessage()).lines().findFirst().orElse("");
        return refused.getSQLState() == null || refused.getSQLState().startsWith("08")
                ? "Postgres cannot be reached: " + message
                : "Postgres answered " + refused.getSQLState() + ": " + message;
    }

    /// Looks through causes and what was suppressed: a failed commit carries its reason there.
    private static <T extends Throwable> Optional<T> firstIn(Throwable failure, Class<T> wanted) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> open = new ArrayDeque<>();
        open.add(failure);
        while (!open.isEmpty()) {
            Throwable next = open.remove();
            if (wanted.isInstance(next)) {
                return Optional.of(wanted.cast(next));
            }
            if (seen.add(next)) {
                Optional.ofNullable(next.getCause()).ifPresent(open::add);
                Collections.addAll(open, next.getSuppressed());
            }
        }
        return Optional.empty();
    }
}
