package dev.rowcast.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Stored;
import dev.rowcast.outcome.Unavailable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class GuardedBatchTest {

    private static final Outcome STORED = new Stored();
    private static final Rejected BAD = new Rejected(Reason.NOT_STORABLE, "bad");

    private final List<List<String>> requests = new ArrayList<>();

    @Test
    void newestOfEachKeyIsSentInOneRequestAndTheOthersAreStale() {
        assertThat(store(this::stored, "a5", "b3", "a9", "a7"))
                .containsExactly(Skipped.STALE, STORED, STORED, Skipped.STALE);
        assertThat(requests).containsExactly(List.of("a9", "b3"));
    }

    @Test
    void badItemIsRejectedAloneAndTheNextOlderOneIsSent() {
        List<Outcome> outcomes = store(
                items -> items.contains("a9") ? new StoreAnswer.OneAtFault(BAD) : stored(items),
                "a9",
                "b3",
                "c4",
                "a7");

        assertThat(outcomes).containsExactly(BAD, STORED, STORED, STORED);
        assertThat(requests.getLast()).containsExactly("a7");
    }

    @Test
    void unavailableStoreIsAskedOnceForTheWholeBatch() {
        Unavailable away = Unavailable.soon("away");

        assertThat(store(items -> new StoreAnswer.NoneTaken(away), "a9", "b3", "a7"))
                .containsExactly(away, away, away);
        assertThat(requests).hasSize(1);
    }

    @Test
    void olderItemIsSentIfTheStoreWasNotToSayThatItIsStale() {
        GuardedBatch<Character, String> batch = new GuardedBatch<>(
                item -> item.charAt(0),
                Comparator.comparingInt(item -> item.charAt(1)),
                items -> {
                    requests.add(items);
                    return Collections.nCopies(items.size(), Skipped.STALE);
                },
                (older, newest, ofNewest) -> older.equals("a0") ? Optional.empty() : Optional.of(Skipped.STALE));

        batch.store(List.of("a0", "a4", "a3"));

        assertThat(requests).containsExactly(List.of("a4"), List.of("a0"));
    }

    private StoreAnswer stored(List<String> items) {
        return new StoreAnswer.Each(Collections.nCopies(items.size(), STORED));
    }

    /// Items such as `a9`: the key is the letter, the age the digit.
    private List<Outcome> store(Function<List<String>, StoreAnswer> answers, String... items) {
        return GuardedBatch.<Character, String>ofOneRequest(
                        item -> item.charAt(0), Comparator.comparingInt(item -> item.charAt(1)), sent -> {
                            requests.add(sent);
                            return answers.apply(sent);
                        })
                .store(List.of(items));
    }
}
