package dev.rowcast.predictor.postgres;

import dev.rowcast.postgres.Refusal;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;

/// Maps the failures of the reactive client to [Refusal].
final class PgRefusals {

    private PgRefusals() {}

    /// @param failure the failure of a statement, or of the connection
    /// @throws IllegalStateException if the failure is a bug of this program and not of Postgres
    static Refusal of(Throwable failure) {
        return switch (failure) {
            case PgException refused -> Refusal.of(refused.getSqlState(), message(refused));
            case VertxException lost -> unreachable(lost);
            case IOException lost -> unreachable(lost);
            case RuntimeException bug -> throw new IllegalStateException("A statement could not be sent", bug);
            // The client's own failures, such as a timeout, are plain Throwables.
            default -> unreachable(failure);
        };
    }

    private static Refusal unreachable(Throwable lost) {
        return new Refusal.Temporary("Postgres cannot be reached: "
                + (lost.getMessage() == null ? lost.getClass().getSimpleName() : lost.getMessage()));
    }

    /// Omits the detail of a constraint, which has the whole row: logs and headers must not have row data.
    private static String message(PgException refused) {
        boolean detailHasRow = refused.getSqlState().startsWith("23");
        String detail = refused.getDetail() == null || detailHasRow ? "" : ", " + refused.getDetail();
        return "Postgres answered " + refused.getSqlState() + ": " + refused.getErrorMessage() + detail;
    }
}
