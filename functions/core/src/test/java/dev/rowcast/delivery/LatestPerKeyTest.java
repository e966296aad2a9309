package dev.rowcast.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Skipped;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LatestPerKeyTest {

    private static final Outcome STORED = new Skipped("stored");
    private static final Outcome STALE = new Skipped("stale");

    /// An item such as `a9`: its key is the letter, its age the digit.
    private static LatestPerKey<String, String> batch(String... items) {
        return new LatestPerKey<>(
                List.of(items), item -> item.substring(0, 1), Comparator.comparingInt(item -> item.charAt(1)));
    }

    @Test
    void onlyTheNewestOfEachKeyIsOfferedInTheOrderOfTheKeys() {
        assertThat(batch("b5", "a4", "a9", "a7").newest()).containsExactly("a9", "b5");
    }

    @Test
    void ofEqualItemsTheLaterCountsAsNewer() {
        LatestPerKey<String, String> batch = batch("a9x", "a9y");

        assertThat(batch.newest()).containsExactly("a9y");
    }

    @Test
    void settledKeyGivesEachItemAnOutcomeInTheOrderOfTheBatch() {
        LatestPerKey<String, String> batch = batch("a4", "a9", "a7");

        batch.settle(List.of(STORED), (older, newest, ofNewest) -> Optional.of(STALE));

        assertThat(batch.newest()).isEmpty();
        assertThat(batch.outcomes()).containsExactly(STALE, STORED, STALE);
    }

    @Test
    void olderItemWithoutAnOutcomeIsOfferedNext() {
        LatestPerKey<String, String> batch = batch("a4", "a9", "a7");

        batch.settle(
                List.of(STALE),
                (older, newest, ofNewest) -> older.equals("a7") ? Optional.of(STALE) : Optional.empty());

        assertThat(batch.newest()).containsExactly("a4");
    }
}
