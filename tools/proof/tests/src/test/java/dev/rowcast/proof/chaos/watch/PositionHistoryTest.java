package dev.rowcast.proof.chaos.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.change.Position;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PositionHistoryTest {

    private final Violations violations = new Violations();
    private final PositionHistory history = new PositionHistory("table", violations);

    @Test
    void positionsThatOnlyRiseAreNoViolation() {
        history.add(Map.of("a", at(1)), Map.of());
        history.add(Map.of("a", at(1), "b", at(7)), Map.of("a", at(1)));
        history.add(Map.of("a", at(2), "b", at(7)), Map.of("a", at(2), "b", at(3)));

        assertThat(violations.backwards()).isEmpty();
        assertThat(violations.lost()).isEmpty();
    }

    @Test
    void positionThatFallsAndRisesAgainIsBackwards() {
        history.add(Map.of("a", at(5)), Map.of());
        history.add(Map.of("a", at(4)), Map.of());
        history.add(Map.of("a", at(6)), Map.of());

        assertThat(violations.backwards()).containsExactly("table, a: is at " + at(4) + ", was at " + at(5));
    }

    @Test
    void missingKeyIsBackwards() {
        history.add(Map.of("a", at(5)), Map.of());
        history.add(Map.of(), Map.of());

        assertThat(violations.backwards()).containsExactly("table, a: is gone, was at " + at(5));
    }

    @Test
    void missingAcknowledgedChangeIsLost() {
        history.add(Map.of("a", at(5)), Map.of("a", at(6), "b", at(1)));

        assertThat(violations.lost())
                .containsExactlyInAnyOrder(
                        "table, a: " + at(6) + " was answered with success, and it is at " + at(5),
                        "table, b: " + at(1) + " was answered with success, and it is missing");
    }

    @Test
    void readAtTheFloorNeedNotBeStored() {
        history.add(Map.of(), Map.of("a", Position.floor(0)));

        assertThat(violations.lost()).isEmpty();
    }

    private static Position at(long commit) {
        return new Position(0, commit, 100 - commit);
    }
}
