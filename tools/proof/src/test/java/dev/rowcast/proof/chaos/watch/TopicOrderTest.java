package dev.rowcast.proof.chaos.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.change.Position;
import org.junit.jupiter.api.Test;

class TopicOrderTest {

    private final Violations violations = new Violations();
    private final TopicOrder order = new TopicOrder(violations);

    @Test
    void insertThatWaitedForADeleteIsARaceAndNoViolation() {
        add(100, 110);
        add(100, 130);
        add(140, 120);

        assertThat(violations.backwards()).isEmpty();
        assertThat(order.races()).isEqualTo(1);
    }

    @Test
    void newChangeBelowItsPredecessorIsBackwards() {
        add(100, 130);
        add(90, 140);

        assertThat(violations.backwards())
                .containsExactly("source topic, k: a new change is at " + at(90, 140) + ", the one before it at "
                        + at(100, 130));
    }

    @Test
    void repeatedChangesAtTheirPositionsAreNoViolation() {
        add(100, 110);
        add(120, 130);
        add(100, 110);
        add(120, 130);
        add(140, 150);

        assertThat(violations.backwards()).isEmpty();
        assertThat(order.races()).isZero();
    }

    @Test
    void repeatedChangeAboveItsSuccessorIsBackwards() {
        add(100, 110);
        add(120, 130);
        add(125, 110);

        assertThat(violations.backwards())
                .containsExactly("source topic, k: a repeated change is at " + at(125, 110) + ", the one after it at "
                        + at(120, 130));
    }

    @Test
    void newChangeMustBeAboveARepeatedHigherPosition() {
        add(100, 110);
        add(105, 110);
        add(103, 120);

        assertThat(violations.backwards()).hasSize(1);
    }

    @Test
    void changesOfAnotherKeyAreIndependent() {
        add(100, 110);
        order.add("other", at(90, 95));

        assertThat(violations.backwards()).isEmpty();
    }

    private void add(long commit, long lsn) {
        order.add("k", at(commit, lsn));
    }

    private static Position at(long commit, long lsn) {
        return new Position(0, commit, lsn);
    }
}
