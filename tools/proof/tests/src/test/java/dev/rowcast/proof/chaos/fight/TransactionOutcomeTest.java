package dev.rowcast.proof.chaos.fight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

class TransactionOutcomeTest {

    @Test
    void conflictsAreRefusalsAndDeadlocks() {
        assertThat(outcome("23505")).isEqualTo(TransactionOutcome.REFUSED);
        assertThat(outcome("40001")).isEqualTo(TransactionOutcome.REFUSED);
        assertThat(outcome("40P01")).isEqualTo(TransactionOutcome.DEADLOCK);
    }

    @Test
    void stoppedOrStartingPostgresIsADisconnect() {
        assertThat(outcome("57P01")).isEqualTo(TransactionOutcome.DISCONNECTED);
        assertThat(outcome("57P02")).isEqualTo(TransactionOutcome.DISCONNECTED);
        assertThat(outcome("57P03")).isEqualTo(TransactionOutcome.DISCONNECTED);
        assertThat(outcome("08006")).isEqualTo(TransactionOutcome.DISCONNECTED);
    }

    @Test
    void connectionThatIsLostWhileItIsClosedIsADisconnect() {
        IOException brokenPipe = new IOException("Broken pipe");

        assertThat(TransactionOutcome.of(new PSQLException("cannot close", PSQLState.UNKNOWN_STATE, brokenPipe)))
                .contains(TransactionOutcome.DISCONNECTED);
    }

    @Test
    void anyOtherErrorIsUnexpected() {
        assertThat(TransactionOutcome.of(new SQLException("permission denied", "42501")))
                .isEmpty();
        assertThat(TransactionOutcome.of(new SQLException("lock timeout", "55P03")))
                .isEmpty();
        assertThat(TransactionOutcome.of(new SQLException("no state"))).isEmpty();
    }

    private static TransactionOutcome outcome(String state) {
        return TransactionOutcome.of(new SQLException("error of Postgres", state))
                .orElseThrow();
    }
}
