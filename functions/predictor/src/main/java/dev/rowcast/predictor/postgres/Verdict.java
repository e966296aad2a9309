package dev.rowcast.predictor.postgres;

import dev.rowcast.endpoint.Pooler;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;

/// What the failure of a statement means for the rows it carried. The one place where an SQLSTATE gets
/// its meaning.
///
/// | class | what | verdict |
/// |---|---|---|
/// | 21, 22, 23, 44, 54, P0 | two rows with one key, a value that does not fit, a constraint, a limit, a trigger's
/// refusal | unstorable |
/// | 0A, 28, 3D, 3F, 42 | a login, a privilege, a table or a column that is missing or of another type | misconfigured
/// |
/// | 26, 42P05, 08P01 for a startup parameter | a pooler in the way, see [Pooler] | misconfigured |
/// | any other, or no answer | 08 connection, 25 read-only, 40 deadlock, 53 resources, 55 locks, 57 operator |
/// unavailable |
public sealed interface Verdict {

    /// Why it is so, in the words of Postgres, in one line.
    String reason();

    /// One of the rows is at fault. Each of the others could be stored without it.
    record Unstorable(String reason) implements Verdict {}

    /// Postgres refuses until somebody changes something.
    record Misconfigured(String reason) implements Verdict {}

    /// Postgres cannot store anything now, and may later.
    record Unavailable(String reason) implements Verdict {}

    /// The verdict on a failure.
    ///
    /// @param failure what a statement, or the way to it, failed with
    /// @throws IllegalStateException when it is no failure of Postgres but of this program
    static Verdict of(Throwable failure) {
        return switch (failure) {
            case PgException refused -> of(refused.getSqlState(), words(refused));
            case VertxException lost -> unreachable(lost);
            case IOException lost -> unreachable(lost);
            case RuntimeException bug -> throw new IllegalStateException("A statement could not be sent", bug);
            // The client's own, such as for a wait that was too long, are plain throwables.
            default -> unreachable(failure);
        };
    }

    /// The verdict on an SQLSTATE.
    ///
    /// @param state five characters; its first two are its class
    /// @param reason the words of Postgres
    static Verdict of(String state, String reason) {
        if (Pooler.isShownBy(state, reason)) {
            return new Misconfigured(Pooler.explain(reason));
        }
        return switch (state.length() == 5 ? state.substring(0, 2) : "") {
            case "21", "22", "23", "44", "54", "P0" -> new Unstorable(reason);
            case "0A", "28", "3D", "3F", "42" -> new Misconfigured(reason);
            default -> new Unavailable(reason);
        };
    }

    private static Verdict unreachable(Throwable lost) {
        return new Unavailable("Postgres cannot be reached: "
                + (lost.getMessage() == null ? lost.getClass().getSimpleName() : lost.getMessage()));
    }

    /// The detail of a constraint shows the whole row, which is nobody's business in a log or a header.
    private static String words(PgException refused) {
        boolean showsTheRow = refused.getSqlState().startsWith("23");
        String detail = refused.getDetail() == null || showsTheRow ? "" : ", " + refused.getDetail();
        return "Postgres answered " + refused.getSqlState() + ": " + refused.getErrorMessage() + detail;
    }
}
