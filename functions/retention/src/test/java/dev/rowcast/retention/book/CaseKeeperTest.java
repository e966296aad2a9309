package dev.rowcast.retention.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.change.Position;
import dev.rowcast.delivery.SplitOnFault;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Stored;
import dev.rowcast.outcome.Unavailable;
import dev.rowcast.retention.judge.Judgement;
import dev.rowcast.retention.postgres.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class CaseKeeperTest {

    private static final Skipped STALE = new Skipped("stale");

    private final List<List<Judgement>> transactions = new ArrayList<>();

    @Test
    void newestOfEachCustomerGoesInOneTransactionAndTheOthersAreStale() {
        List<Outcome> outcomes =
                keeper(judgement -> false).keep(List.of(gone("a", 5), gone("b", 3), gone("a", 9), gone("a", 7)));

        assertThat(outcomes).containsExactly(STALE, STORED, STORED, STALE);
        assertThat(transactions).containsExactly(List.of(gone("a", 9), gone("b", 3)));
    }

    @Test
    void badJudgementIsRejectedAloneAndTheNextBelowTakesItsPlace() {
        List<Outcome> outcomes = keeper(judgement -> judgement.position().lsn() == 9)
                .keep(List.of(gone("a", 9), gone("b", 3), gone("c", 4), gone("a", 7)));

        assertThat(outcomes).containsExactly(new Rejected(Reason.NOT_STORABLE, "bad"), STORED, STORED, STORED);
        assertThat(transactions.getFirst()).hasSize(3);
    }

    @Test
    void unavailableStoreIsAskedOnceForAll() {
        CaseKeeper keeper = new CaseKeeper(judgements -> {
            transactions.add(judgements);
            return new SplitOnFault.NoneTaken<>(new RowAnswer.Refused(new Verdict.Unavailable("away")));
        });

        List<Outcome> outcomes = keeper.keep(List.of(gone("a", 9), gone("b", 3), gone("a", 7)));

        assertThat(outcomes)
                .hasSize(3)
                .allSatisfy(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Unavailable.class,
                                unavailable -> assertThat(unavailable.message()).isEqualTo("away")));
        assertThat(transactions).hasSize(1);
    }

    /// Refuses every transaction that holds something bad, as Postgres does.
    private CaseKeeper keeper(Predicate<Judgement> bad) {
        return new CaseKeeper(judgements -> {
            transactions.add(judgements);
            return judgements.stream().anyMatch(bad)
                    ? new SplitOnFault.OneAtFault<RowAnswer>(new RowAnswer.Refused(new Verdict.Unstorable("bad")))
                    : new SplitOnFault.Each<RowAnswer>(Collections.nCopies(judgements.size(), new RowAnswer.Taken()));
        });
    }

    private static Judgement gone(String customer, long lsn) {
        return new Judgement.Gone(customer, new Position(0, lsn, lsn), Instant.EPOCH);
    }

    private static final Stored STORED = new Stored();
}
