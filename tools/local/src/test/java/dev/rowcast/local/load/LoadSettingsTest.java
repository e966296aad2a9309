package dev.rowcast.local.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoadSettingsTest {

    @Test
    void offMeansNoLoad() {
        assertThat(LoadSettings.parse(" OFF ", 1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "on", " On "})
    void onMeansTheDefaultsWithTheGivenSeed(String text) {
        assertThat(LoadSettings.parse(text, 42)).contains(LoadSettings.withSeed(42));
    }

    @Test
    void defaultPauseIsLongEnoughToScaleToZero() {
        // The Services' window is 20 s; the pause must outlast it and leave time to see the zero.
        assertThat(LoadSettings.withSeed(1).pause()).isGreaterThanOrEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void everyValueCanBeGiven() {
        assertThat(LoadSettings.parse("rate=0.5,burst=1m,pause=500ms,customers=10,seed=-7", 1))
                .contains(new LoadSettings(0.5, Duration.ofMinutes(1), Duration.ofMillis(500), 10, -7));
    }

    @Test
    void burstHasAtLeastOneChange() {
        assertThat(LoadSettings.parse("rate=20,burst=5s", 1).orElseThrow().changesInBurst())
                .isEqualTo(100);
        assertThat(LoadSettings.parse("rate=0.1,burst=1s", 1).orElseThrow().changesInBurst())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rate=0        | rate is 0.0
            rate=NaN      | rate=nan is no number
            rate=fast     | rate=fast is no number
            burst=5       | 5 is no duration
            burst=0s      | burst is PT0S
            pause=-1s     | -1s is no duration
            customers=0   | customers is 0
            seeds=1       | seeds=1 is unknown
            quiet         | quiet is unknown
            """)
    void wrongValueIsNamed(String text, String message) {
        assertThatThrownBy(() -> LoadSettings.parse(text, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
