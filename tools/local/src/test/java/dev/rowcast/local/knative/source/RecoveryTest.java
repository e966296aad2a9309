package dev.rowcast.local.knative.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.kafkasource.delivery.RetryPolicy;
import dev.rowcast.kafkasource.delivery.RetryPolicy.BackOff;
import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.manifest.Manifests;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// When a function has been down for a while, all events that its source may have in flight wait for their
/// next attempt. That wait, computed from the policies of the manifests, is the time that the source needs to
/// recover.
class RecoveryTest {

    private static final List<RetryPolicy> MANIFESTS =
            Manifests.read(Checkout.find().root(), List.of("examples/loan")).sources().stream()
                    .map(source -> SourcePlan.retries(source.delivery()))
                    .toList();

    private static final RetryPolicy EXPONENTIAL =
            new RetryPolicy(10, BackOff.EXPONENTIAL, Duration.ofMillis(300), Duration.ofSeconds(30));

    @Test
    void recoveryTakesAtMostAFifthOfTheOutage() {
        assertThat(MANIFESTS)
                .hasSize(5)
                .allSatisfy(policy -> assertThat(worstShare(policy)).isLessThanOrEqualTo(0.2));
    }

    @Test
    void exponentialWaitsWouldTakeAsLongAsTheOutage() {
        assertThat(worstShare(EXPONENTIAL)).isGreaterThan(0.9);
    }

    @Test
    void retriesOutlastAnOutageOfNineMinutes() {
        assertThat(MANIFESTS)
                .allSatisfy(policy -> assertThat(IntStream.rangeClosed(1, policy.retries())
                                .mapToObj(policy::waitBefore)
                                .reduce(Duration.ZERO, Duration::plus))
                        .isGreaterThanOrEqualTo(Duration.ofMinutes(9)));
    }

    /// On a cluster 4.5 s and 66.4 s passed until the first delivery after 87 s.
    @Test
    void waitAfterAnOutageIsTheOneMeasuredOnACluster() {
        Duration outage = Duration.ofSeconds(87);

        assertThat(waitAfter(outage, MANIFESTS.getFirst())).isEqualTo(Duration.ofSeconds(4));
        assertThat(waitAfter(outage, EXPONENTIAL)).isEqualTo(Duration.ofSeconds(66));
    }

    /// The largest wait after outages of one minute to 500 s, as a share of the outage.
    private static double worstShare(RetryPolicy policy) {
        return LongStream.rangeClosed(600, 5_000)
                .mapToObj(tenths -> Duration.ofMillis(100 * tenths))
                .mapToDouble(outage -> (double) waitAfter(outage, policy).toMillis() / outage.toMillis())
                .max()
                .orElseThrow();
    }

    /// The time from the end of an outage to the next attempt of an event that was sent when it began.
    private static Duration waitAfter(Duration outage, RetryPolicy policy) {
        Duration attempt = Duration.ZERO;
        for (int retry = 1; retry <= policy.retries(); retry++) {
            attempt = attempt.plus(policy.waitBefore(retry));
            if (attempt.compareTo(outage) > 0) {
                return attempt.minus(outage);
            }
        }
        throw new AssertionError("no attempt after " + outage);
    }
}
