package dev.rowcast.retention.postgres;

import dev.rowcast.endpoint.Pooler;
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

/// What the failure of a transaction means for the judgements it carried.
///
/// | class of SQLSTATE | what | verdict |
/// |---|---|---|
/// | 21, 22, 23, 44, 54, P0 | a value that does not fit, a constraint, a limit, a trigger's refusal | unstorable |
/// | 0A, 28, 3D, 3F, 42 | a login, a privilege, a table or a column that is missing or of another type | misconfigured
/// |
/// | 26, 42P05, 08P01 for a startup parameter | a pooler in the way, see [Pooler] | misconfigured |
/// | any other, or no answer | 08 connection, 25 read-only, 40 deadlock, 53 resources, 55 locks, 57 operator |
/// unavailable |
public sealed interface Verdict {

    /// Why it is so, in one line.
    String reason();

    /// One of the judgements is at fault. Each of the others could be stored without it.
    record Unstorable(String reason) implements Verdict {}

    /// Postgres refuses until somebody changes something.
    record Misconfigured(String reason) implements Verdict {}

    /// Postgres cannot store anything now, and may later.
    record Unavailable(String reason) implements Verdict {}

    /// The verdict on a failure.
    ///
    /// @param failure what a transaction, or the way to it, failed with
    /// @throws RuntimeException `failure` itself, when it is none of Postgres but of this program
    static Verdict of(RuntimeException failure) {
        return firstIn(failure, SQLException.class)
                .map(Verdict::innermost)
                .map(refused -> of(String.valueOf(refused.getSQLState()), words(refused)))
                .or(() -> undone(failure))
                .orElseThrow(() -> failure);
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

    private static Verdict of(String state, String reason) {
        if (Pooler.isShownBy(state, reason)) {
            return new Misconfigured(Pooler.explain(reason));
        }
        return switch (state.length() == 5 ? state.substring(0, 2) : "") {
            case "21", "22", "23", "44", "54", "P0" -> new Unstorable(reason);
            case "0A", "28", "3D", "3F", "42" -> new Misconfigured(reason);
            default -> new Unavailable(reason);
        };
    }

    /// The transaction did not come to its end, and nobody says why: its time was over, or its connection was lost
    /// while
    /// it was committed. Whether it is stored or not, it may come again.
    private static Optional<Verdict> undone(RuntimeException failure) {
        return firstIn(failure, RollbackException.class)
                .<Exception>map(found -> found)
                .or(() -> firstIn(failure, HeuristicMixedException.class))
                .or(() -> firstIn(failure, HeuristicRollbackException.class))
                .map(found -> new Unavailable("the transaction did not end well: " + found.getMessage()));
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
