package dev.rowcast.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RandomTableTest {

    private static final List<String> ALL = List.of("binary", "multiclass", "regression");

    @Test
    void eachSeedDrawsTwoKindsAndTheSeedsDrawAllPairs() {
        List<List<String>> drawn = LongStream.range(0, 100)
                .mapToObj(RandomTable::kinds)
                .map(kinds -> kinds.stream().sorted().toList())
                .distinct()
                .toList();

        assertThat(drawn)
                .containsExactlyInAnyOrder(
                        List.of("binary", "multiclass"),
                        List.of("binary", "regression"),
                        List.of("multiclass", "regression"));
    }

    @Test
    void fixedSeedOfTheTestsDrawsTwoClasses() {
        assertThat(RandomTable.kinds(RandomTableST.FIXED_SEED))
                .contains("binary")
                .isSubsetOf(ALL);
    }
}
