package dev.rowcast.proof.chaos.fight;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class OutcomeTest {

    @Test
    void whatAFightExplainsIsCounted() {
        assertThat(outcome("23505")).isEqualTo(Outcome.REFUSED);
        assertThat(outcome("40001")).isEqualTo(Outcome.REFUSED);
        assertThat(outcome("40P01")).isEqualTo(Outcome.DEADLOCK);
    }

    @Test
    void postgresThatIsKilledOrNotUpYetIsSurvived() {
        assertThat(outcome("57P01")).isEqualTo(Outcome.DISCONNECTED);
        assertThat(outcome("57P02")).isEqualTo(Outcome.DISCONNECTED);
        assertThat(outcome("57P03")).isEqualTo(Outcome.DISCONNECTED);
        assertThat(outcome("08006")).isEqualTo(Outcome.DISCONNECTED);
    }

    @Test
    void anyOtherErrorIsUnexpected() {
        assertThat(Outcome.of(new SQLException("permission denied", "42501"))).isEmpty();
        assertThat(Outcome.of(new SQLException("lock timeout", "55P03"))).isEmpty();
        assertThat(Outcome.of(new SQLException("no state"))).isEmpty();
    }

    private static Outcome outcome(String state) {
        return Outcome.of(new SQLException("said by Postgres", state)).orElseThrow();
    }
}
