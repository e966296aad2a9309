package dev.rowcast.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.peers.contender.Contender;
import dev.rowcast.peers.measure.Figures;
import dev.rowcast.peers.measure.Metric;
import dev.rowcast.testkit.folder.Checkout;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A short run of the benchmark: every contender has the same scores, marks deletes and loses nothing when it is
/// killed.
class PeersST {

    private static final int CHANGES = 1_000;
    private static final int SECONDS = 4;

    @Test
    void everyContenderIsRightAfterAKill() throws Exception {
        List<Contender> contenders = List.of(Contender.values());
        BenchPlan plan = new BenchPlan(contenders, CHANGES, List.of(50), SECONDS, true);

        List<Figures> figures;
        try (BenchRun run = BenchRun.start(plan, Checkout.find())) {
            figures = run.measure();
        }

        assertThat(figures).hasSameSizeAs(contenders).allSatisfy(one -> {
            assertThat(one.get(Metric.BACKFILL)).as("%s: backfill", one.title()).isPositive();
            assertThat(one.latencies().get(50))
                    .as("%s: latencies", one.title())
                    .doesNotContain(Double.POSITIVE_INFINITY);
            for (Metric verdict :
                    List.of(Metric.LOST, Metric.TWICE, Metric.BACKWARDS, Metric.DELETES_MISSED, Metric.WRONG_SCORES)) {
                assertThat(one.get(verdict))
                        .as("%s: %s", one.title(), verdict.title())
                        .isZero();
            }
        });
    }
}
