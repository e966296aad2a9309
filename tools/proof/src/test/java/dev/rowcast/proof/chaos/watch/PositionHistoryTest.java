package dev.rowcast.proof.chaos.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.change.Position;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PositionHistoryTest {

    private final Violations findings = new Violations();
    private final PositionHistory versions = new PositionHistory("table", findings);

    @Test
    void versionsThatOnlyRiseAreNoFinding() {
        versions.look(Map.of("a", at(1)), Map.of());
        versions.look(Map.of("a", at(1), "b", at(7)), Map.of("a", at(1)));
        versions.look(Map.of("a", at(2), "b", at(7)), Map.of("a", at(2), "b", at(3)));

        assertThat(findings.backwards()).isEmpty();
        assertThat(findings.lost()).isEmpty();
    }

    @Test
    void versionThatFallsIsBackwardsEvenWhenItRisesAgain() {
        versions.look(Map.of("a", at(5)), Map.of());
        versions.look(Map.of("a", at(4)), Map.of());
        versions.look(Map.of("a", at(6)), Map.of());

        assertThat(findings.backwards()).containsExactly("table, a: is at " + at(4) + ", was at " + at(5));
    }

    @Test
    void keyThatIsGoneIsBackwards() {
        versions.look(Map.of("a", at(5)), Map.of());
        versions.look(Map.of(), Map.of());

        assertThat(findings.backwards()).containsExactly("table, a: is gone, was at " + at(5));
    }

    @Test
    void acknowledgedChangeThatIsNotThereIsLost() {
        versions.look(Map.of("a", at(5)), Map.of("a", at(6), "b", at(1)));

        assertThat(findings.lost())
                .containsExactlyInAnyOrder(
                        "table, a: " + at(6) + " was answered with success, and it is at " + at(5),
                        "table, b: " + at(1) + " was answered with success, and it is not there");
    }

    @Test
    void readStandsAtTheFloorAndNeedNotBeStored() {
        versions.look(Map.of(), Map.of("a", Position.floor(0)));

        assertThat(findings.lost()).isEmpty();
    }

    private static Position at(long commit) {
        return new Position(0, commit, 100 - commit);
    }
}
