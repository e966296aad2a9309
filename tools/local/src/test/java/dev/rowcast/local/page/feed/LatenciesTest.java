package dev.rowcast.local.page.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void withoutLatenciesThereIsNoMedian() {
        assertThat(new Latencies(10).percentile(0.5)).isEmpty();
    }

    @Test
    void percentilesAreAddedLatencies() {
        Latencies latencies = new Latencies(1_000);
        IntStream.rangeClosed(1, 100).forEach(i -> latencies.add(Duration.ofMillis(101 - i)));
        assertThat(latencies.percentile(0.5)).hasValue(50);
        assertThat(latencies.percentile(0.99)).hasValue(99);
        assertThat(latencies.percentile(1)).hasValue(100);
    }

    @Test
    void onlyTheLatestCount() {
        Latencies latencies = new Latencies(3);
        IntStream.of(900, 900, 900, 1, 2, 3).forEach(i -> latencies.add(Duration.ofMillis(i)));
        assertThat(latencies.count()).isEqualTo(3);
        assertThat(latencies.percentile(1)).hasValue(3);
    }
}
