package dev.rowcast.predictor.store;

import dev.rowcast.change.Operation;
import dev.rowcast.change.Reason;
import dev.rowcast.change.Rejected;
import dev.rowcast.change.Skipped;
import dev.rowcast.delivery.Outcome;
import dev.rowcast.delivery.Stored;
import dev.rowcast.delivery.Unavailable;
import dev.rowcast.predictor.postgres.Verdict;
import dev.rowcast.predictor.score.Scorable;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;

/// The changes that are stored together, and what becomes of each.
///
/// Of several changes of one key only the newest is worth storing: once it is stored the others are
/// stale. When it alone is at fault, the next one below takes its place.
///
///     key a:  9 → 7 → 4
///     key b:  5              newest() = [a9, b5]
final class Batch {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration AFTER_A_HUMAN = Duration.ofSeconds(10);
    private static final Skipped STALE = new Skipped("stale");

    /// A change and its place in the batch. Of equal positions the later one counts as newer.
    private record Entry(int place, Scorable scorable) {
        static final Comparator<Entry> NEWEST_FIRST = Comparator.comparing(
                        (Entry entry) -> entry.scorable().change().position())
                .thenComparingInt(Entry::place)
                .reversed();

        boolean isStreamed() {
            return scorable.change().operation() != Operation.READ;
        }
    }

    private final Outcome[] outcomes;
    // Every batch of every instance locks its rows in this order, so that no two wait for each other.
    private final SortedMap<String, Queue<Entry>> open = new TreeMap<>();

    Batch(List<Scorable> changes) {
        outcomes = new Outcome[changes.size()];
        for (int place = 0; place < changes.size(); place++) {
            Scorable scorable = changes.get(place);
            open.computeIfAbsent(scorable.change().key().id(), key -> new PriorityQueue<>(1, Entry.NEWEST_FIRST))
                    .add(new Entry(place, scorable));
        }
    }

    /// The newest change of each key that has no answer yet, in the order of the keys; empty when all is
    /// answered.
    List<Scorable> newest() {
        return open.values().stream().map(Queue::element).map(Entry::scorable).toList();
    }

    /// Takes one answer for each of [#newest()], in its order.
    void take(List<RowAnswer> answers) {
        Iterator<RowAnswer> each = answers.iterator();
        open.values().forEach(versions -> take(versions, each.next()));
        open.values().removeIf(Queue::isEmpty);
    }

    private void take(Queue<Entry> versions, RowAnswer answer) {
        switch (answer) {
            case RowAnswer.Written _ -> {
                answerNewest(
                        versions,
                        new Stored(versions.element().scorable().change().position()));
                answerAll(versions, STALE);
            }
            case RowAnswer.Stale _ -> {
                answerNewest(versions, STALE);
                answerStreamed(versions);
            }
            case RowAnswer.Refused(Verdict.Unstorable(String reason)) ->
                answerNewest(versions, new Rejected(Reason.NOT_STORABLE, reason));
            case RowAnswer.Refused(Verdict.Unavailable(String reason)) ->
                answerAll(versions, new Unavailable(reason, SOON));
            case RowAnswer.Refused(Verdict.Misconfigured(String reason)) ->
                answerAll(versions, new Unavailable(reason, AFTER_A_HUMAN));
        }
    }

    private void answerNewest(Queue<Entry> versions, Outcome outcome) {
        outcomes[versions.remove().place()] = outcome;
    }

    private void answerAll(Queue<Entry> versions, Outcome outcome) {
        versions.forEach(version -> outcomes[version.place()] = outcome);
        versions.clear();
    }

    /// What is stored is newer than a streamed change, and so newer than the streamed changes below it. A
    /// read may still score it again.
    private void answerStreamed(Queue<Entry> versions) {
        versions.stream().filter(Entry::isStreamed).forEach(version -> outcomes[version.place()] = STALE);
        versions.removeIf(Entry::isStreamed);
    }

    /// The outcome of each change, in their order, when all is answered.
    List<Outcome> outcomes() {
        return Arrays.asList(outcomes);
    }
}
