package dev.rowcast.replay.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressDisplayTest {

    @Test
    void lineHasCountRateAndTimeLeft() {
        assertThat(ProgressDisplay.text("records", 400, 1_000, 5)).isEqualTo("400 of 1000 records, 80/s, 8 s left");
    }

    @Test
    void lineHasNoTimeLeftBeforeTheFirstRecord() {
        assertThat(ProgressDisplay.text("records", 0, 1_000, 5)).isEqualTo("0 of 1000 records, 0/s");
    }
}
