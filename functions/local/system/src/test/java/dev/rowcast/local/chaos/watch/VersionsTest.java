package dev.rowcast.local.chaos.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class VersionsTest {

    private final Findings findings = new Findings();
    private final Versions versions = new Versions("table", findings);

    @Test
    void versionsThatOnlyRiseAreNoFinding() {
        versions.look(Map.of("a", 1L), Map.of());
        versions.look(Map.of("a", 1L, "b", 7L), Map.of("a", 1L));
        versions.look(Map.of("a", 2L, "b", 7L), Map.of("a", 2L, "b", 3L));

        assertThat(findings.backwards()).isEmpty();
        assertThat(findings.lost()).isEmpty();
    }

    @Test
    void versionThatFallsIsBackwardsEvenWhenItRisesAgain() {
        versions.look(Map.of("a", 5L), Map.of());
        versions.look(Map.of("a", 4L), Map.of());
        versions.look(Map.of("a", 6L), Map.of());

        assertThat(findings.backwards()).containsExactly("table, a: is at 4, was at 5");
    }

    @Test
    void keyThatIsGoneIsBackwards() {
        versions.look(Map.of("a", 5L), Map.of());
        versions.look(Map.of(), Map.of());

        assertThat(findings.backwards()).containsExactly("table, a: is gone, was at 5");
    }

    @Test
    void acknowledgedChangeThatIsNotThereIsLost() {
        versions.look(Map.of("a", 5L), Map.of("a", 6L, "b", 1L));

        assertThat(findings.lost())
                .containsExactlyInAnyOrder(
                        "table, a: 6 was answered with success, and it is at 5",
                        "table, b: 1 was answered with success, and it is at -1");
    }

    @Test
    void readStandsAtTheFloorAndNeedNotBeStored() {
        versions.look(Map.of(), Map.of("a", 0L));

        assertThat(findings.lost()).isEmpty();
    }
}
