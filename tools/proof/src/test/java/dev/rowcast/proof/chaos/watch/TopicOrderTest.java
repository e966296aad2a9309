package dev.rowcast.proof.chaos.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.change.Position;
import org.junit.jupiter.api.Test;

class TopicOrderTest {

    private final Violations findings = new Violations();
    private final TopicOrder order = new TopicOrder(findings);

    @Test
    void insertThatWaitedForADeleteIsARaceAndNoFinding() {
        take(100, 110);
        take(100, 130);
        take(140, 120);

        assertThat(findings.backwards()).isEmpty();
        assertThat(order.races()).isEqualTo(1);
    }

    @Test
    void newChangeBelowTheOneBeforeItIsBackwards() {
        take(100, 130);
        take(90, 140);

        assertThat(findings.backwards())
                .containsExactly("source topic, k: a new change is at " + at(90, 140) + ", the one before it at "
                        + at(100, 130));
    }

    @Test
    void changesToldAgainAtTheirPositionsAreNoFinding() {
        take(100, 110);
        take(120, 130);
        take(100, 110);
        take(120, 130);
        take(140, 150);

        assertThat(findings.backwards()).isEmpty();
        assertThat(order.races()).isZero();
    }

    @Test
    void changeToldAgainAboveTheOneAfterItIsBackwards() {
        take(100, 110);
        take(120, 130);
        take(125, 110);

        assertThat(findings.backwards())
                .containsExactly("source topic, k: a change comes again at " + at(125, 110)
                        + ", and the one after it is at " + at(120, 130));
    }

    @Test
    void newChangeMustAlsoBeAboveWhatWasToldAgainHigher() {
        take(100, 110);
        take(105, 110);
        take(103, 120);

        assertThat(findings.backwards()).hasSize(1);
    }

    @Test
    void changesOfAnotherKeyAreOfNoConcern() {
        take(100, 110);
        order.take("other", at(90, 95));

        assertThat(findings.backwards()).isEmpty();
    }

    private void take(long commit, long lsn) {
        order.take("k", at(commit, lsn));
    }

    private static Position at(long commit, long lsn) {
        return new Position(0, commit, lsn);
    }
}
