package dev.rowcast.indexer.bulk;

import dev.rowcast.change.Reason;
import dev.rowcast.change.Rejected;
import dev.rowcast.change.Skipped;
import dev.rowcast.delivery.Outcome;
import dev.rowcast.delivery.Stored;
import dev.rowcast.delivery.Unavailable;
import dev.rowcast.indexer.document.Document;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;

/// The documents that are stored together, and what becomes of each.
///
/// Of several versions of one target only the newest is worth sending: once it is stored the others are stale. When it
/// alone is at fault, the next one below takes its place.
///
///     target a:  9 → 7 → 4
///     target b:  5              newest() = [a9, b5]
final class Batch {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration AFTER_A_HUMAN = Duration.ofSeconds(10);
    private static final Skipped STALE = new Skipped("stale");

    /// A document and its place in the batch. Of equal positions the later one counts as newer, as the store sees it.
    private record Entry(int place, Document document) {
        static final Comparator<Entry> NEWEST_FIRST = Comparator.comparing(
                        (Entry entry) -> entry.document().position())
                .thenComparingInt(Entry::place)
                .reversed();
    }

    private final Outcome[] outcomes;
    private final Map<Document.Target, Queue<Entry>> open = new LinkedHashMap<>();

    Batch(List<Document> documents) {
        outcomes = new Outcome[documents.size()];
        for (int place = 0; place < documents.size(); place++) {
            Document document = documents.get(place);
            open.computeIfAbsent(document.target(), target -> new PriorityQueue<>(Entry.NEWEST_FIRST))
                    .add(new Entry(place, document));
        }
    }

    /// The newest version of each target that has no answer yet; empty when all is answered.
    List<Document> newest() {
        return open.values().stream().map(Queue::element).map(Entry::document).toList();
    }

    /// Takes one verdict for each of [#newest()], in its order.
    void take(List<Verdict> verdicts) {
        Iterator<Verdict> each = verdicts.iterator();
        open.values().forEach(versions -> take(versions, each.next()));
        open.values().removeIf(Queue::isEmpty);
    }

    private void take(Queue<Entry> versions, Verdict verdict) {
        switch (verdict) {
            case Verdict.Written _ -> {
                answerNewest(versions, new Stored(versions.element().document().position()));
                answerAll(versions, STALE);
            }
            case Verdict.Newer _ -> answerAll(versions, STALE);
            case Verdict.Unstorable(String reason) -> answerNewest(versions, new Rejected(Reason.NOT_STORABLE, reason));
            case Verdict.TooLarge(String reason) -> answerNewest(versions, new Rejected(Reason.TOO_LARGE, reason));
            case Verdict.Unavailable(String reason) -> answerAll(versions, new Unavailable(reason, SOON));
            case Verdict.Misconfigured(String reason) -> answerAll(versions, new Unavailable(reason, AFTER_A_HUMAN));
        }
    }

    private void answerNewest(Queue<Entry> versions, Outcome outcome) {
        outcomes[versions.remove().place()] = outcome;
    }

    private void answerAll(Queue<Entry> versions, Outcome outcome) {
        versions.forEach(entry -> outcomes[entry.place()] = outcome);
        versions.clear();
    }

    /// What became of each document, in the order they came in.
    List<Outcome> outcomes() {
        return Arrays.asList(outcomes);
    }
}
