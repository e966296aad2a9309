package dev.rowcast.predictor.postgres;

import dev.rowcast.postgres.Refusal;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;

/// Reads a [Refusal] out of the failures of the reactive client.
final class PgRefusals {

    private PgRefusals() {}

    /// @param failure the failure of a statement, or of the connection
    /// @throws IllegalStateException if it is a failure of this program and not of Postgres
    static Refusal of(Throwable failure) {
        return switch (failure) {
            case PgException refused -> Refusal.of(refused.getSqlState(), words(refused));
            case VertxException lost -> unreachable(lost);
            case IOException lost -> unreachable(lost);
            case RuntimeException bug -> throw new IllegalStateException("A statement could not be sent", bug);
            // The client's own, such as for a wait that was too long, are plain throwables.
            default -> unreachable(failure);
        };
    }

    private static Refusal unreachable(Throwable lost) {
        return new Refusal.Away("Postgres cannot be reached: "
                + (lost.getMessage() == null ? lost.getClass().getSimpleName() : lost.getMessage()));
    }

    /// Without the detail of a constraint, which shows the whole row: row data must not reach logs or headers.
    private static String words(PgException refused) {
        boolean showsTheRow = refused.getSqlState().startsWith("23");
        String detail = refused.getDetail() == null || showsTheRow ? "" : ", " + refused.getDetail();
        return "Postgres answered " + refused.getSqlState() + ": " + refused.getErrorMessage() + detail;
    }
}
