package dev.rowcast.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class NaturalBatchTest {

    /// Runs that wait until they are let go, and a record of what each was given.
    private static final class Gate implements Function<List<Integer>, List<String>> {
        private final Semaphore entered = new Semaphore(0);
        private final Semaphore released = new Semaphore(0);
        private final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());

        @Override
        public List<String> apply(List<Integer> items) {
            batches.add(items);
            entered.release();
            released.acquireUninterruptibly();
            return items.stream().map(item -> "r" + item).toList();
        }

        void awaitRuns(int runs) throws InterruptedException {
            assertThat(entered.tryAcquire(runs, 20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static <R> R resultOf(CompletableFuture<R> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    /// Submits the items from `first` to before `end`.
    private static List<CompletableFuture<String>> submit(NaturalBatch<Integer, String> batch, int first, int end) {
        return IntStream.range(first, end).mapToObj(batch::submit).toList();
    }

    @Test
    void loneItemRunsAtOnceAndAlone() throws Exception {
        try (NaturalBatch<Integer, String> batch =
                new NaturalBatch<>("lone", 10, 10, 1, items -> List.of("r" + items))) {
            assertThat(resultOf(batch.submit(7))).isEqualTo("r[7]");
        }
    }

    @Test
    void itemsGatherWhileABatchIsUnderWayAndGoAsOne() throws Exception {
        Gate gate = new Gate();
        try (NaturalBatch<Integer, String> batch = new NaturalBatch<>("gather", 10, 10, 1, gate)) {
            CompletableFuture<String> first = batch.submit(0);
            gate.awaitRuns(1);
            List<CompletableFuture<String>> next = submit(batch, 1, 5);
            gate.released.release(2);

            assertThat(resultOf(first)).isEqualTo("r0");
            assertThat(resultOf(next.get(3))).isEqualTo("r4");
            assertThat(gate.batches).containsExactly(List.of(0), List.of(1, 2, 3, 4));
        }
    }

    @Test
    void asManyBatchesRunAtATimeAsMayBeInFlight() throws Exception {
        Gate gate = new Gate();
        try (NaturalBatch<Integer, String> batch = new NaturalBatch<>("parallel", 10, 10, 3, gate)) {
            List<CompletableFuture<String>> futures = submit(batch, 0, 5);
            gate.awaitRuns(3);

            assertThat(gate.batches).hasSize(3).allMatch(items -> items.size() == 1);
            gate.released.release(4);
            assertThat(resultOf(futures.get(4))).isEqualTo("r4");
        }
        assertThat(gate.batches).hasSize(4).contains(List.of(3, 4));
    }

    @Test
    void itemsOverTheLimitAreRefusedAndTheOthersAreNot() throws Exception {
        Gate gate = new Gate();
        try (NaturalBatch<Integer, String> batch = new NaturalBatch<>("full", 10, 2, 1, gate)) {
            List<CompletableFuture<String>> taken = submit(batch, 0, 3);
            CompletableFuture<String> refused = batch.submit(3);

            assertThatThrownBy(() -> resultOf(refused))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(OverloadedException.class)
                    .hasMessageContaining("batch full is overloaded: 2 items wait");
            gate.released.release(2);
            assertThat(resultOf(taken.get(2))).isEqualTo("r2");
        }
    }

    @Test
    void failureOfARunFailsItsOwnItemsOnly() throws Exception {
        Gate gate = new Gate();
        IllegalStateException failure = new IllegalStateException("store is down");
        Function<List<Integer>, List<String>> run = items -> {
            List<String> results = gate.apply(items);
            if (items.contains(1)) {
                throw failure;
            }
            return results;
        };
        try (NaturalBatch<Integer, String> batch = new NaturalBatch<>("failing", 2, 10, 1, run)) {
            List<CompletableFuture<String>> futures = submit(batch, 0, 4);
            gate.released.release(3);

            assertThat(resultOf(futures.get(0))).isEqualTo("r0");
            assertThatThrownBy(() -> resultOf(futures.get(1))).hasCause(failure);
            assertThatThrownBy(() -> resultOf(futures.get(2))).hasCause(failure);
            assertThat(resultOf(futures.get(3))).isEqualTo("r3");
        }
    }

    @Test
    void runThatGivesTooFewResultsFailsItsItemsInsteadOfLosingThem() {
        try (NaturalBatch<Integer, String> batch = new NaturalBatch<>("short", 10, 10, 1, items -> List.of())) {
            assertThatThrownBy(() -> resultOf(batch.submit(1)))
                    .hasCauseInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("batch short gave 0 results for 1 items");
        }
    }

    @Test
    void errorInARunAnswersItsItemsAndTheNextBatchRuns() throws Exception {
        Function<List<Integer>, List<String>> run = items -> {
            if (items.contains(1)) {
                throw new StackOverflowError("too deep");
            }
            return items.stream().map(item -> "r" + item).toList();
        };
        try (NaturalBatch<Integer, String> batch = new NaturalBatch<>("error", 10, 10, 1, run)) {
            assertThatThrownBy(() -> resultOf(batch.submit(1))).hasCauseInstanceOf(StackOverflowError.class);
            assertThat(resultOf(batch.submit(2))).isEqualTo("r2");
        }
    }

    @Test
    @Timeout(30)
    void closeRefusesNewItemsAndFinishesTheRest() throws Exception {
        Gate gate = new Gate();
        NaturalBatch<Integer, String> batch = new NaturalBatch<>("closing", 10, 10, 1, gate);
        CompletableFuture<String> underWay = batch.submit(0);
        CompletableFuture<String> waiting = batch.submit(1);
        gate.awaitRuns(1);
        CountDownLatch closed = new CountDownLatch(1);
        Thread closer = Thread.ofVirtual().start(() -> {
            batch.close();
            closed.countDown();
        });
        while (closer.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }

        assertThat(closed.getCount()).isOne();
        assertThatThrownBy(() -> resultOf(batch.submit(2))).hasCauseInstanceOf(ClosedException.class);
        gate.released.release(2);
        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(underWay).isCompletedWithValue("r0");
        assertThat(waiting).isCompletedWithValue("r1");
    }

    @Test
    void slowListenerOfAnAnswerHoldsNoBatchUp() throws Exception {
        CountDownLatch listenerMayEnd = new CountDownLatch(1);
        Gate gate = new Gate();
        try (NaturalBatch<Integer, String> batch = new NaturalBatch<>("listener", 10, 10, 1, gate)) {
            CompletableFuture<Void> listener = batch.submit(0).thenAccept(result -> {
                try {
                    listenerMayEnd.await();
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                }
            });
            gate.released.release(2);

            assertThat(resultOf(batch.submit(1))).isEqualTo("r1");
            assertThat(listener).isNotDone();
            listenerMayEnd.countDown();
        }
    }

    @Test
    void limitsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new NaturalBatch<Integer, Integer>("x", 0, 1, 1, items -> items))
                .hasMessageContaining("max-batch 0");
        assertThatThrownBy(() -> new NaturalBatch<Integer, Integer>("x", 1, -1, 1, items -> items))
                .hasMessageContaining("max-waiting -1");
        assertThatThrownBy(() -> new NaturalBatch<Integer, Integer>("x", 1, 1, 0, items -> items))
                .hasMessageContaining("in-flight 0");
    }

    @Property(tries = 200)
    void everyItemIsAnsweredOnceWithItsOwnResultAndNoBatchIsTooLarge(
            @ForAll @IntRange(min = 1, max = 20) int maxBatch,
            @ForAll @IntRange(min = 1, max = 4) int inFlight,
            @ForAll @IntRange(min = 1, max = 8) int submitters,
            @ForAll @IntRange(min = 1, max = 100) int itemsEach)
            throws Exception {
        List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        List<ArrayList<CompletableFuture<Integer>>> futures = IntStream.range(0, submitters)
                .mapToObj(s -> new ArrayList<CompletableFuture<Integer>>())
                .toList();
        try (NaturalBatch<Integer, Integer> batch =
                new NaturalBatch<>("all", maxBatch, submitters * itemsEach, inFlight, items -> {
                    sizes.add(items.size());
                    seen.addAll(items);
                    return items.stream().map(item -> item * 3).toList();
                })) {
            List<Thread> threads = IntStream.range(0, submitters)
                    .mapToObj(s -> Thread.ofVirtual().start(() -> {
                        for (int i = 0; i < itemsEach; i++) {
                            futures.get(s).add(batch.submit(s * itemsEach + i));
                        }
                    }))
                    .toList();
            for (Thread thread : threads) {
                thread.join();
            }
        }

        assertThat(seen).hasSize(submitters * itemsEach).doesNotHaveDuplicates();
        assertThat(sizes).allMatch(size -> size <= maxBatch);
        for (int s = 0; s < submitters; s++) {
            for (int i = 0; i < itemsEach; i++) {
                assertThat(futures.get(s).get(i)).isCompletedWithValue((s * itemsEach + i) * 3);
            }
        }
    }
}
