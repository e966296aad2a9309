package dev.rowcast.proof.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChaosSettingsTest {

    @Test
    void defaultsAreEveryScenarioWithTheGivenSeed() {
        ChaosSettings settings = ChaosSettings.of(Map.of("SEED", "", "MINUTES", ""), 7);

        assertThat(settings.seed()).isEqualTo(7);
        assertThat(settings.soak()).isEmpty();
        assertThat(settings.scenarios()).isEmpty();
    }

    @Test
    void variablesReplaceTheDefaults() {
        ChaosSettings settings = ChaosSettings.of(
                Map.of("SEED", "9", "MINUTES", "60", "SCENARIO", "kill-kafka, poison", "RATE", "50"), 7);

        assertThat(settings)
                .isEqualTo(new ChaosSettings(9, Optional.of(Duration.ofHours(1)), List.of("kill-kafka", "poison"), 50));
    }

    @Test
    void wrongNumberIsRefusedWithItsName() {
        assertThatThrownBy(() -> ChaosSettings.of(Map.of("MINUTES", "0"), 7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("MINUTES is 0, not from 1 to 10080");
        assertThatThrownBy(() -> ChaosSettings.of(Map.of("SEED", "one"), 7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("SEED is one, which is not a whole number");
    }
}
