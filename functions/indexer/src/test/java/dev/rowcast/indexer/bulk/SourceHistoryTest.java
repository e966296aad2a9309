package dev.rowcast.indexer.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SourceHistoryTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
    private final SourceHistory history = new SourceHistory(now::get);

    @Test
    void changeOfAnotherHistoryIsAProblemUntilNoneCameForAWhile() {
        assertThat(history.problem()).isEmpty();

        history.reportOtherHistory("customers");
        pass(Duration.ofSeconds(40));
        history.reportOtherHistory("customers");
        pass(Duration.ofSeconds(59));
        assertThat(history.problem())
                .hasValueSatisfying(
                        problem -> assertThat(problem).contains("index customers", "raise ROWCAST_SOURCE_EPOCH"));

        pass(Duration.ofSeconds(2));
        assertThat(history.problem()).isEmpty();
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }
}
