package dev.rowcast.indexer.indices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rowcast.change.Position;
import dev.rowcast.indexer.bulk.BulkResult;
import dev.rowcast.indexer.bulk.BulkResult.AsOne;
import dev.rowcast.indexer.bulk.BulkResult.ByItem;
import dev.rowcast.indexer.bulk.DocumentVerdict;
import dev.rowcast.indexer.bulk.Preparation;
import dev.rowcast.indexer.document.Document;
import dev.rowcast.indexer.document.Drafts;
import dev.rowcast.indexer.document.Layout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreparedStoreTest {

    private static final DocumentVerdict NO_TEMPLATE = new DocumentVerdict.Misconfigured("no template");
    private static final BulkResult DONE = new ByItem(List.of(new DocumentVerdict.Written(20_000)));

    private static final DocumentVerdict FORBIDDEN = new DocumentVerdict.Misconfigured("action is unauthorized");

    private static final Preparation READY = ready("tenure");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final AtomicInteger preparations = new AtomicInteger();
    private final AtomicReference<Optional<DocumentVerdict>> problem = new AtomicReference<>(Optional.empty());
    private final AtomicReference<BulkResult> answer = new AtomicReference<>(DONE);
    private final AtomicReference<Optional<String>> uuid = new AtomicReference<>(Optional.of("u1"));
    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final AtomicInteger uuidsAsked = new AtomicInteger();
    private final List<List<String>> sent = new ArrayList<>();
    private final PreparedStore store = store(() -> {
        preparations.incrementAndGet();
        return problem.get().<Preparation>map(Preparation.Blocked::new).orElse(READY);
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
        problem.set(Optional.of(new DocumentVerdict.Temporary("busy")));

        assertThat(store.problem()).isEmpty();
        assertThat(store.store(List.of())).isEqualTo(DONE);
    }

    @Test
    void elasticsearchThatWasNeverReachedIsAProblem() {
        problem.set(Optional.of(new DocumentVerdict.Temporary("busy")));

        assertThat(store.problem()).isPresent();
    }

    @Test
    void answerThatTellsOfMisconfigurationLeadsToANewPreparation() {
        store.store(List.of());

        answer.set(new ByItem(
                List.of(new DocumentVerdict.Written(20_000), new DocumentVerdict.Misconfigured("no such index"))));
        store.store(List.of(document("a"), document("b")));
        problem.set(Optional.of(NO_TEMPLATE));

        assertThat(store.problem()).contains(NO_TEMPLATE);
    }

    @Test
    void refusalInPreparedIndicesIsAProblemUntilItEnds() {
        answer.set(new AsOne(FORBIDDEN));
        assertThat(store.store(List.of(document("a"), document("b")))).isEqualTo(new AsOne(FORBIDDEN));

        assertThat(store.problem()).contains(FORBIDDEN);
        assertThat(store.problem()).as("also by the next look").contains(FORBIDDEN);
        assertThat(sent).containsExactly(List.of("a", "b"), List.of("a"), List.of("a"));

        answer.set(DONE);
        assertThat(store.problem()).isEmpty();
        assertThat(store.problem()).isEmpty();
        assertThat(sent).as("nothing is sent once it was taken").hasSize(4);
    }

    @Test
    void oneDocumentThatIsAlwaysRefusedBlocksOthersForAMinuteOnly() {
        answer.set(new AsOne(FORBIDDEN));
        store.store(List.of(document("a")));
        now.set(NOON.plusSeconds(60));
        assertThat(store.problem()).contains(FORBIDDEN);

        now.set(NOON.plusSeconds(61));

        assertThat(store.problem()).isEmpty();
        assertThat(sent).as("is given up").hasSize(2);
    }

    @Test
    void refusedDocumentIsTheOneThatIsSentAgain() {
        answer.set(new ByItem(List.of(new DocumentVerdict.Written(20_000), FORBIDDEN)));
        store.store(List.of(document("a"), document("b")));

        answer.set(DONE);
        assertThat(store.problem()).isEmpty();
        assertThat(sent).containsExactly(List.of("a", "b"), List.of("b"));
    }

    @Test
    void refusedDocumentIsNotSentToIndicesThatChanged() {
        AtomicReference<String> columns = new AtomicReference<>("tenure");
        PreparedStore changing = store(() -> ready(columns.get()));
        answer.set(new AsOne(FORBIDDEN));
        changing.store(List.of(document("a")));
        columns.set("contract");

        assertThat(changing.problem()).isEmpty();
        assertThat(sent).hasSize(1);
    }

    @Test
    void elasticsearchThatIsAwayForAWhileNeedsNoNewPreparation() {
        store.store(List.of());

        answer.set(new AsOne(new DocumentVerdict.Temporary("busy")));
        store.store(List.of());

        assertThat(preparations).hasValue(1);
    }

    @Test
    void whoeverComesMeanwhileWaitsForTheSamePreparation() throws Exception {
        PreparedStore slow = store(() -> {
            preparations.incrementAndGet();
            awaitEnd();
            return new Preparation.Blocked(NO_TEMPLATE);
        });

        CompletableFuture<Optional<DocumentVerdict>> first = CompletableFuture.supplyAsync(slow::problem);
        begun.await();
        CompletableFuture<Void> second = new CompletableFuture<>();
        endWhileWaits(() -> {
            slow.problem();
            second.complete(null);
        });

        assertThat(first.get()).contains(NO_TEMPLATE);
        second.get();
        assertThat(preparations).hasValue(1);
    }

    @Test
    void preparationThatBreaksCanBeTriedAgain() {
        PreparedStore broken = store(() -> {
            if (preparations.incrementAndGet() == 1) {
                throw new IllegalStateException("a bug");
            }
            return READY;
        });

        assertThatThrownBy(broken::problem).hasMessage("a bug");
        assertThat(broken.problem()).isEmpty();
    }

    @Test
    void whoeverWaitsForAPreparationLearnsOfAnErrorToo() throws Exception {
        PreparedStore broken = store(() -> {
            awaitEnd();
            throw new StackOverflowError("too deep");
        });
        CompletableFuture<Optional<DocumentVerdict>> first = CompletableFuture.supplyAsync(broken::problem);
        begun.await();
        CompletableFuture<Throwable> second = new CompletableFuture<>();
        endWhileWaits(() -> second.complete(catchThrowable(broken::problem)));

        assertThat(second.get()).hasRootCauseInstanceOf(StackOverflowError.class);
        assertThat(first).isCompletedExceptionally();
    }

    @Test
    void whatTheIndicesMapIsKnownOnceTheyArePrepared() {
        assertThat(store.preparation()).isEqualTo(READY);

        problem.set(Optional.of(NO_TEMPLATE));
        store.problem();
        assertThat(store.preparation()).isEqualTo(new Preparation.Blocked(NO_TEMPLATE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"u2", ""})
    void whatWentToAnotherIndexOfTheSameNameIsNotStored(String found) {
        store.store(List.of());
        answer.set(new ByItem(
                List.of(new DocumentVerdict.Written(0), new DocumentVerdict.Unstorable("guessed otherwise"))));
        uuid.set(Optional.of(found).filter(known -> !known.isEmpty()));

        assertThat(store.store(List.of(document("a"), document("b"))))
                .isInstanceOfSatisfying(
                        ByItem.class,
                        each -> assertThat(each.verdicts()).hasOnlyElementsOfType(DocumentVerdict.Misconfigured.class));
        assertThat(uuidsAsked).hasValue(1);
        store.store(List.of());
        assertThat(preparations).as("looks again before the next").hasValue(2);
    }

    @Test
    void refusalByAnotherIndexOfTheSameNameIsNoFaultOfTheDocument() {
        store.store(List.of());
        assertMisconfiguredByAnotherIndex(new DocumentVerdict.Unstorable("guessed otherwise"));
    }

    @Test
    void staleVersionInAnotherIndexOfTheSameNameIsNotTaken() {
        store.store(List.of());
        assertMisconfiguredByAnotherIndex(new DocumentVerdict.Newer(0));
    }

    private void assertMisconfiguredByAnotherIndex(DocumentVerdict verdict) {
        answer.set(new ByItem(List.of(verdict)));
        uuid.set(Optional.of("u2"));

        assertThat(store.store(List.of(document("a"))))
                .isInstanceOfSatisfying(
                        ByItem.class,
                        each -> assertThat(each.verdicts()).hasOnlyElementsOfType(DocumentVerdict.Misconfigured.class));
    }

    @Test
    void indexThatIsStillTheSameKeepsWhatItsDocumentsWereAnswered() {
        List<DocumentVerdict> verdicts =
                List.of(new DocumentVerdict.Written(0), new DocumentVerdict.Unstorable("no number"));
        answer.set(new ByItem(verdicts));

        assertThat(store.store(List.of(document("a"), document("b")))).isEqualTo(new ByItem(verdicts));
        assertThat(uuidsAsked).hasValue(1);
    }

    @Test
    void indexOfManyWritesIsNotAskedForEachRequest() {
        store.store(List.of(document("a")));

        assertThat(uuidsAsked).hasValue(0);
    }

    /// Holds a preparation until it may end.
    private void awaitEnd() {
        begun.countDown();
        end.join();
    }

    /// Lets the preparation end once another thread waits for it.
    private void endWhileWaits(Runnable other) {
        Thread waiting = Thread.ofVirtual().start(other);
        while (waiting.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        end.complete(null);
    }

    private PreparedStore store(Supplier<Preparation> prepare) {
        return new PreparedStore(
                documents -> {
                    sent.add(documents.stream()
                            .map(document -> document.target().id())
                            .toList());
                    return answer.get();
                },
                prepare,
                name -> {
                    uuidsAsked.incrementAndGet();
                    return uuid.get();
                },
                now::get);
    }

    private static Preparation ready(String column) {
        return new Preparation.Ready(Map.of("index", new Preparation.Index("u1", new Layout(Set.of(column)))));
    }

    private static Document document(String id) {
        return Document.of(
                Drafts.row("index", id, new Position(0, 1, 1), JsonNodeFactory.instance.objectNode()),
                new Layout(Set.of()));
    }
}
