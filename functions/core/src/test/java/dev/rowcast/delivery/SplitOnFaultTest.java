package dev.rowcast.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Stored;
import dev.rowcast.outcome.Unavailable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplitOnFaultTest {

    private static final Outcome STORED = new Stored();
    private static final Rejected REJECTED = new Rejected(Reason.NOT_STORABLE, "bad");
    private static final Unavailable UNAVAILABLE = Unavailable.soon("gone");

    private final List<List<String>> sent = new ArrayList<>();

    /// A store that refuses every request with `bad`, and takes nothing once it is sent `gone`.
    private StoreAnswer store(List<String> request) {
        sent.add(request);
        if (request.contains("gone")) {
            return new StoreAnswer.NoneTaken(UNAVAILABLE);
        }
        return request.contains("bad")
                ? new StoreAnswer.OneAtFault(REJECTED)
                : new StoreAnswer.Each(Collections.nCopies(request.size(), STORED));
    }

    @Test
    void badItemIsRejectedAloneAndItsNeighboursAreStored() {
        List<Outcome> outcomes = SplitOnFault.send(List.of(List.of("a", "b", "bad", "c")), this::store);

        assertThat(outcomes).containsExactly(STORED, STORED, REJECTED, STORED);
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
        List<Outcome> outcomes =
                SplitOnFault.send(List.of(List.of("a"), List.of("gone", "b"), List.of("c")), this::store);

        assertThat(outcomes).containsExactly(STORED, UNAVAILABLE, UNAVAILABLE, UNAVAILABLE);
        assertThat(sent).hasSize(2);
    }

    @Test
    void emptyRequestIsNotSent() {
        assertThat(SplitOnFault.send(List.of(List.<String>of()), this::store)).isEmpty();
        assertThat(sent).isEmpty();
    }
}
