package dev.rowcast.predictor.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowcast.postgres.Refusal;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.net.ConnectException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class PgRefusalsTest {

    @Test
    void detailIsReportedUnlessItShowsTheRow() {
        assertThat(PgRefusals.of(refused("22003", "overflow", "precision 10")).reason())
                .isEqualTo("Postgres answered 22003: overflow, precision 10");
        assertThat(PgRefusals.of(refused("23514", "violates check", "Failing row contains (…)"))
                        .reason())
                .isEqualTo("Postgres answered 23514: violates check");
    }

    @Test
    void unreachablePostgresIsAway() {
        assertThat(PgRefusals.of(new ConnectException("Connection refused")))
                .isEqualTo(new Refusal.Temporary("Postgres cannot be reached: Connection refused"));
        assertThat(PgRefusals.of(ClosedConnectionException.INSTANCE)).isInstanceOf(Refusal.Temporary.class);
        assertThat(PgRefusals.of(new VertxException("Pool closed", true))).isInstanceOf(Refusal.Temporary.class);
        assertThat(PgRefusals.of(new TimeoutException()))
                .isEqualTo(new Refusal.Temporary("Postgres cannot be reached: TimeoutException"));
    }

    @Test
    void faultOfThisProgramIsNotTakenForOneOfPostgres() {
        assertThatThrownBy(() -> PgRefusals.of(new ClassCastException("Integer")))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("Integer");
    }

    private static PgException refused(String state, String message, String detail) {
        return new PgException(message, "ERROR", state, detail);
    }
}
