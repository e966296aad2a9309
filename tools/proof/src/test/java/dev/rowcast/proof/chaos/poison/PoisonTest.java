package dev.rowcast.proof.chaos.poison;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PoisonTest {

    /// One kind can be indexed and not scored: were it a newer change of the same key, it would settle another kind
    /// before the indexer sees that one, and there would be no dead letter to wait for.
    @Test
    void noKindSharesAKeyWithAnother() {
        assertThat(Arrays.stream(Poison.values())
                        .flatMap(poison -> IntStream.range(0, 120).mapToObj(poison::key))
                        .map(key -> new String(key, StandardCharsets.UTF_8)))
                .doesNotHaveDuplicates()
                .allMatch(key -> key.startsWith(Poison.KEY));
    }
}
