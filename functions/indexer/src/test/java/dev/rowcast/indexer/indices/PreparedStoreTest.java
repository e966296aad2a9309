package dev.rowcast.indexer.indices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowcast.indexer.bulk.BulkAnswer;
import dev.rowcast.indexer.bulk.BulkAnswer.AsOne;
import dev.rowcast.indexer.bulk.BulkAnswer.ByItem;
import dev.rowcast.indexer.bulk.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PreparedStoreTest {

    private static final Verdict NO_TEMPLATE = new Verdict.Misconfigured("no template");
    private static final BulkAnswer DONE = new ByItem(List.of(new Verdict.Written()));

    private final AtomicInteger preparations = new AtomicInteger();
    private final AtomicReference<Optional<Verdict>> problem = new AtomicReference<>(Optional.empty());
    private final AtomicReference<BulkAnswer> answer = new AtomicReference<>(DONE);
    private final PreparedStore store = new PreparedStore(documents -> answer.get(), () -> {
        preparations.incrementAndGet();
        return problem.get();
    });

    @Test
    void nothingIsSentBeforeAllIsPrepared() {
        problem.set(Optional.of(NO_TEMPLATE));
        assertThat(store.store(List.of())).isEqualTo(new AsOne(NO_TEMPLATE));
        assertThat(store.problem()).contains(NO_TEMPLATE);

        problem.set(Optional.empty());
        assertThat(store.store(List.of())).isEqualTo(DONE);
        assertThat(store.problem()).isEmpty();
    }

    @Test
    void preparationHappensOnce() {
        store.store(List.of());
        store.store(List.of());

        assertThat(preparations).hasValue(1);
    }

    @Test
    void indexThatIsGoneIsFoundByTheNextLookAndNothingMoreIsSent() {
        store.store(List.of());
        problem.set(Optional.of(NO_TEMPLATE));

        assertThat(store.problem()).contains(NO_TEMPLATE);
        assertThat(store.store(List.of())).isEqualTo(new AsOne(NO_TEMPLATE));
    }

    @Test
    void elasticsearchThatIsAwayHasNotLostItsIndices() {
        store.store(List.of());
        problem.set(Optional.of(new Verdict.Unavailable("busy")));

        assertThat(store.problem()).isEmpty();
        assertThat(store.store(List.of())).isEqualTo(DONE);
    }

    @Test
    void elasticsearchThatWasNeverReachedIsAProblem() {
        problem.set(Optional.of(new Verdict.Unavailable("busy")));

        assertThat(store.problem()).isPresent();
    }

    @Test
    void answerThatTellsOfMisconfigurationLeadsToANewPreparation() {
        store.store(List.of());

        answer.set(new ByItem(List.of(new Verdict.Written(), new Verdict.Misconfigured("no such index"))));
        store.store(List.of());
        problem.set(Optional.of(NO_TEMPLATE));

        assertThat(store.problem()).contains(NO_TEMPLATE);
    }

    @Test
    void elasticsearchThatIsAwayForAWhileNeedsNoNewPreparation() {
        store.store(List.of());

        answer.set(new AsOne(new Verdict.Unavailable("busy")));
        store.store(List.of());

        assertThat(preparations).hasValue(1);
    }

    @Test
    void whoeverComesMeanwhileWaitsForTheSamePreparation() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        PreparedStore slow = new PreparedStore(documents -> DONE, () -> {
            preparations.incrementAndGet();
            begun.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Optional.of(NO_TEMPLATE);
        });

        CompletableFuture<Optional<Verdict>> first = CompletableFuture.supplyAsync(slow::problem);
        begun.await();
        CompletableFuture<Void> second = new CompletableFuture<>();
        Thread waiting = Thread.ofVirtual().start(() -> {
            slow.problem();
            second.complete(null);
        });
        while (waiting.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        end.countDown();

        assertThat(first.get()).contains(NO_TEMPLATE);
        second.get();
        assertThat(preparations).hasValue(1);
    }

    @Test
    void preparationThatBreaksCanBeTriedAgain() {
        PreparedStore broken = new PreparedStore(documents -> DONE, () -> {
            if (preparations.incrementAndGet() == 1) {
                throw new IllegalStateException("a bug");
            }
            return Optional.empty();
        });

        assertThatThrownBy(broken::problem).hasMessage("a bug");
        assertThat(broken.problem()).isEmpty();
    }
}
