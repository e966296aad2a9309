package dev.rowcast.retention.book;

import dev.rowcast.change.Reason;
import dev.rowcast.change.Rejected;
import dev.rowcast.change.Skipped;
import dev.rowcast.delivery.Outcome;
import dev.rowcast.delivery.Stored;
import dev.rowcast.delivery.Unavailable;
import dev.rowcast.retention.judge.Judgement;
import dev.rowcast.retention.postgres.Verdict;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;

/// The judgements that are stored together, and what becomes of each.
///
/// Of several judgements of one customer only the newest counts: once it is stored the others are stale. When it alone
/// is at fault, the next one below takes its place.
final class Batch {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration AFTER_A_HUMAN = Duration.ofSeconds(10);
    private static final Skipped STALE = new Skipped("stale");

    /// A judgement and its place in the batch. Of equal positions the later one counts as newer.
    private record Entry(int place, Judgement judgement) {
        static final Comparator<Entry> NEWEST_FIRST = Comparator.comparing(
                        (Entry entry) -> entry.judgement().position())
                .thenComparingInt(Entry::place)
                .reversed();
    }

    private final Outcome[] outcomes;
    private final Map<String, Queue<Entry>> open = new LinkedHashMap<>();

    Batch(List<Judgement> judgements) {
        outcomes = new Outcome[judgements.size()];
        for (int place = 0; place < judgements.size(); place++) {
            Judgement judgement = judgements.get(place);
            open.computeIfAbsent(judgement.customer(), customer -> new PriorityQueue<>(1, Entry.NEWEST_FIRST))
                    .add(new Entry(place, judgement));
        }
    }

    /// The newest judgement of each customer that has no answer yet; empty when all is answered.
    List<Judgement> newest() {
        return open.values().stream().map(Queue::element).map(Entry::judgement).toList();
    }

    /// Takes one answer for each of [#newest()], in its order.
    void take(List<RowAnswer> answers) {
        Iterator<RowAnswer> each = answers.iterator();
        open.values().forEach(versions -> take(versions, each.next()));
        open.values().removeIf(Queue::isEmpty);
    }

    private void take(Queue<Entry> versions, RowAnswer answer) {
        switch (answer) {
            case RowAnswer.Taken _ -> {
                answerNewest(versions, new Stored(versions.element().judgement().position()));
                answerAll(versions, STALE);
            }
            case RowAnswer.Stale _ -> answerAll(versions, STALE);
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

    /// The outcome of each judgement, in their order, when all is answered.
    List<Outcome> outcomes() {
        return Arrays.asList(outcomes);
    }
}
