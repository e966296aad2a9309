package dev.rowcast.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplitOnFaultTest {

    private final List<List<String>> sent = new ArrayList<>();

    /// A store that takes nothing together with `bad`, and is gone when it is sent `gone`.
    private SplitOnFault<String> store(List<String> request) {
        sent.add(request);
        if (request.contains("gone")) {
            return new SplitOnFault.NoneTaken<>("unavailable");
        }
        return request.contains("bad")
                ? new SplitOnFault.OneAtFault<>("refused")
                : new SplitOnFault.Each<>(
                        request.stream().map(item -> item + " stored").toList());
    }

    @Test
    void badItemIsAnsweredAloneAndItsNeighboursAreStored() {
        List<String> answers = SplitOnFault.send(List.of(List.of("a", "b", "bad", "c")), this::store);

        assertThat(answers).containsExactly("a stored", "b stored", "refused", "c stored");
        assertThat(sent)
                .containsExactly(
                        List.of("a", "b", "bad", "c"),
                        List.of("a", "b"),
                        List.of("bad", "c"),
                        List.of("bad"),
                        List.of("c"));
    }

    @Test
    void storeThatTakesNothingIsNotAskedAgain() {
        List<String> answers =
                SplitOnFault.send(List.of(List.of("a"), List.of("gone", "b"), List.of("c")), this::store);

        assertThat(answers).containsExactly("a stored", "unavailable", "unavailable", "unavailable");
        assertThat(sent).hasSize(2);
    }
}
