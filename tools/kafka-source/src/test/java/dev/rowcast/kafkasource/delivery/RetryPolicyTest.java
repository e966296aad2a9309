package dev.rowcast.kafkasource.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.kafkasource.delivery.RetryPolicy.BackOff;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {

    @ParameterizedTest
    @ValueSource(ints = {404, 408, 409, 429, 500, 502, 503, 504, 599})
    void theseStatusesAreTriedAgain(int status) {
        assertThat(RetryPolicy.isRetryable(status)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 403, 406, 413, 415, 422})
    void theseStatusesAreNeitherTriedAgainNorASuccess(int status) {
        assertThat(RetryPolicy.isRetryable(status)).isFalse();
        assertThat(RetryPolicy.isSuccess(status)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204})
    void theseStatusesAreASuccess(int status) {
        assertThat(RetryPolicy.isSuccess(status)).isTrue();
    }

    @Test
    void exponentialBackOffBeginsWithTwiceTheDelay() {
        RetryPolicy policy = policy(BackOff.EXPONENTIAL);

        assertThat(IntStream.rangeClosed(1, 4).mapToObj(policy::waitBefore))
                .containsExactly(
                        Duration.ofMillis(600),
                        Duration.ofMillis(1_200),
                        Duration.ofMillis(2_400),
                        Duration.ofMillis(4_800));
    }

    @Test
    void linearBackOffGrowsByTheDelay() {
        RetryPolicy policy = policy(BackOff.LINEAR);

        assertThat(IntStream.rangeClosed(1, 3).mapToObj(policy::waitBefore))
                .containsExactly(Duration.ofMillis(300), Duration.ofMillis(600), Duration.ofMillis(900));
    }

    @Test
    void defaultTriesTenTimesOver614Seconds() {
        RetryPolicy policy = RetryPolicy.DEFAULT;

        Duration all = IntStream.rangeClosed(1, policy.retries())
                .mapToObj(policy::waitBefore)
                .reduce(Duration.ZERO, Duration::plus);

        assertThat(all).isEqualTo(Duration.ofMillis(613_800));
    }

    private static RetryPolicy policy(BackOff backOff) {
        return new RetryPolicy(10, backOff, Duration.ofMillis(300), Duration.ofSeconds(30));
    }
}
