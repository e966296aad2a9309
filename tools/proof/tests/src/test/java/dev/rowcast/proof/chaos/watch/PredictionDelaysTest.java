package dev.rowcast.proof.chaos.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PredictionDelaysTest {

    @Test
    void quantilesAreThoseOfTheAddedDelays() {
        PredictionDelays delays = new PredictionDelays();
        for (int millis = 1; millis <= 100; millis++) {
            delays.add(Duration.ofMillis(millis));
        }

        assertThat(delays.quantile(0.5)).isEqualTo(Duration.ofMillis(50));
        assertThat(delays.quantile(0.99)).isEqualTo(Duration.ofMillis(99));
    }

    @Test
    void quantileIsZeroAfterClear() {
        PredictionDelays delays = new PredictionDelays();
        delays.add(Duration.ofMillis(7));
        delays.clear();

        assertThat(delays.quantile(0.99)).isZero();
    }
}
