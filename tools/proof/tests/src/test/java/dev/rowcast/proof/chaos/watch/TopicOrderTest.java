package dev.rowcast.proof.chaos.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.change.Position;
import org.junit.jupiter.api.Test;

class TopicOrderTest {

    private final Violations violations = new Violations();
    private final TopicOrder order = new TopicOrder(violations);

    @Test
    void insertThatWaitedForADeleteIsARaceAndNoViolation() {
        add(at(100, 110), at(100, 130), at(140, 120));

        assertThat(violations.backwards()).isEmpty();
        assertThat(order.races()).isEqualTo(1);
    }

    @Test
    void newChangeBelowItsPredecessorIsBackwards() {
        add(at(100, 130), at(90, 140));

        assertThat(violations.backwards())
                .containsExactly(said("a new change", at(90, 140), "the one before it", at(100, 130)));
    }

    @Test
    void repeatedChangesAtTheirPositionsAreNoViolation() {
        add(at(100, 110), at(120, 130), at(100, 110), at(120, 130), at(140, 150));

        assertThat(violations.backwards()).isEmpty();
        assertThat(order.races()).isZero();
    }

    @Test
    void repeatedChangeAboveItsSuccessorIsBackwards() {
        add(at(100, 110), at(120, 130), at(125, 110));

        assertThat(violations.backwards())
                .containsExactly(said("a repeated change", at(125, 110), "the one after it", at(120, 130)));
    }

    @Test
    void newChangeMustBeAboveARepeatedHigherPosition() {
        add(at(100, 110), at(105, 110), at(103, 120));

        assertThat(violations.backwards()).hasSize(1);
    }

    @Test
    void changesOfAnotherKeyAreIndependent() {
        add(at(100, 110));
        order.add("other", at(90, 95));

        assertThat(violations.backwards()).isEmpty();
    }

    private void add(Position... positions) {
        for (Position position : positions) {
            order.add("k", position);
        }
    }

    private static String said(String change, Position position, String neighbour, Position other) {
        return "source topic, k: " + change + " is at " + position + ", " + neighbour + " at " + other;
    }

    private static Position at(long commit, long lsn) {
        return new Position(0, commit, lsn);
    }
}
