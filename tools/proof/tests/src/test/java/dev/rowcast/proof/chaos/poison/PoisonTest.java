package dev.rowcast.proof.chaos.poison;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PoisonTest {

    /// One kind can be indexed but not scored: as a newer change of the same key it would settle an event
    /// of another kind, which would then never become a dead letter of the indexer.
    @Test
    void noKindSharesAKeyWithAnother() {
        assertThat(Arrays.stream(Poison.values())
                        .flatMap(poison -> IntStream.range(0, 120).mapToObj(poison::key))
                        .map(key -> new String(key, StandardCharsets.UTF_8)))
                .doesNotHaveDuplicates()
                .allMatch(key -> key.startsWith(Poison.KEY));
    }
}
