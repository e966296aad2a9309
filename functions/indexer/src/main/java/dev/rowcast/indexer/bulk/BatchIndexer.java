package dev.rowcast.indexer.bulk;

import dev.rowcast.delivery.LatestPerKey;
import dev.rowcast.delivery.LatestPerKey.Settlement;
import dev.rowcast.delivery.SplitOnFault;
import dev.rowcast.indexer.document.Document;
import dev.rowcast.indexer.document.Draft;
import dev.rowcast.indexer.document.Layout;
import dev.rowcast.indexer.document.Target;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Stored;
import dev.rowcast.outcome.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/// Stores a batch of drafts and answers for each of them.
///
///     drafts → newest of each target → documents → requests of at most max-bytes → verdict of each
///                   ▲                     ▲                ▲        │        │
///                   │                     │                └─ halves ┘       │
///                   │                     └── a delete, refused: its key only ┤
///                   └───────────── next version ─────────────────────────────┘ the newest alone was at fault
///
/// A request that is too large, or that is not understood as a whole, is sent again in halves, so that no document
/// takes its neighbours along. A delete that is refused for what its row holds is sent again with its key only.
public final class BatchIndexer {

    private static final Logger LOG = Logger.getLogger(BatchIndexer.class);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration AFTER_A_HUMAN = Duration.ofSeconds(10);
    private static final Skipped STALE = new Skipped("stale");

    private final BulkStore store;
    private final Supplier<Preparation> preparation;
    private final History history;
    private final long maxBytes;

    /// @param preparation tells what the indices map before a batch is rendered; may block
    /// @param history is told when a change belongs to another one than a newer one of the batch
    /// @param maxBytes how large a request may become, in bytes; a single document may be larger
    public BatchIndexer(BulkStore store, Supplier<Preparation> preparation, History history, long maxBytes) {
        this.store = store;
        this.preparation = preparation;
        this.history = history;
        this.maxBytes = maxBytes;
    }

    /// Stores `drafts`; blocks until each has its outcome.
    ///
    /// @return one outcome for each draft, in their order
    public List<Outcome> index(List<Draft> drafts) {
        return switch (preparation.get()) {
            case Preparation.Done(Map<String, Layout> layouts) -> index(drafts, layouts);
            case Preparation.Blocked(Verdict verdict) -> Collections.nCopies(drafts.size(), unavailable(verdict));
        };
    }

    private List<Outcome> index(List<Draft> drafts, Map<String, Layout> layouts) {
        LatestPerKey<Target, Draft> batch =
                new LatestPerKey<>(drafts, Draft::target, Comparator.comparing(Draft::position));
        for (List<Draft> newest = batch.newest(); !newest.isEmpty(); newest = batch.newest()) {
            List<Verdict> verdicts = new ArrayList<>(store(newest, layouts));
            storeKeysOfRefusedDeletes(newest, verdicts, layouts);
            batch.settle(settlements(newest, verdicts));
        }
        return batch.outcomes();
    }

    private List<Verdict> store(List<Draft> drafts, Map<String, Layout> layouts) {
        List<Document> documents = drafts.stream()
                .map(draft -> Document.of(draft, layouts.get(draft.target().index())))
                .toList();
        return SplitOnFault.send(requests(documents), this::send);
    }

    /// Sends every refused delete again with its key only, and puts the new verdict in the place of the old one.
    private void storeKeysOfRefusedDeletes(List<Draft> newest, List<Verdict> verdicts, Map<String, Layout> layouts) {
        Map<Integer, Draft> again = new TreeMap<>();
        for (int at = 0; at < newest.size(); at++) {
            if (isAboutDocuments(verdicts.get(at))) {
                int place = at;
                newest.get(at).withKeyOnly().ifPresent(smaller -> again.put(place, smaller));
            }
        }
        if (again.isEmpty()) {
            return;
        }
        Iterator<Verdict> answers = store(List.copyOf(again.values()), layouts).iterator();
        again.forEach((at, smaller) -> {
            Verdict answer = answers.next();
            if (answer instanceof Verdict.Written) {
                LOG.warnf(
                        "Index %s: a deleted row was stored with its key only, %s",
                        smaller.target().index(), verdicts.get(at).reason());
            }
            verdicts.set(at, answer);
        });
    }

    private SplitOnFault<Verdict> send(List<Document> request) {
        return switch (store.store(request)) {
            case BulkAnswer.ByItem(List<Verdict> each) -> new SplitOnFault.Each<>(each);
            case BulkAnswer.AsOne(Verdict verdict) ->
                isAboutDocuments(verdict)
                        ? new SplitOnFault.OneAtFault<>(verdict)
                        : new SplitOnFault.NoneTaken<>(verdict);
        };
    }

    private static boolean isAboutDocuments(Verdict verdict) {
        return switch (verdict) {
            case Verdict.TooLarge _, Verdict.Unstorable _ -> true;
            case Verdict.Written _,
                    Verdict.Newer _,
                    Verdict.Conflict _,
                    Verdict.OtherHistory _,
                    Verdict.Unavailable _,
                    Verdict.Misconfigured _ -> false;
        };
    }

    private List<Settlement<Draft>> settlements(List<Draft> newest, List<Verdict> verdicts) {
        return IntStream.range(0, newest.size())
                .mapToObj(i -> settlement(newest.get(i), verdicts.get(i)))
                .toList();
    }

    private Settlement<Draft> settlement(Draft draft, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Written _ -> new Settlement<>(new Stored(), older -> Optional.of(below(draft, older)));
            case Verdict.Newer _ -> new Settlement<>(STALE, older -> Optional.of(below(draft, older)));
            case Verdict.Unstorable(String reason) -> rejected(Reason.NOT_STORABLE, draft, reason);
            case Verdict.TooLarge(String reason) -> rejected(Reason.TOO_LARGE, draft, reason);
            case Verdict.Conflict _, Verdict.OtherHistory _, Verdict.Unavailable _, Verdict.Misconfigured _ ->
                Settlement.ofAll(unavailable(verdict), unavailable(verdict));
        };
    }

    /// What becomes of an older version in the same batch.
    private Outcome below(Draft newest, Draft older) {
        return switch (StoredVersion.of(newest).worthOf(older.position(), older.changedAt())) {
            case NEWER, STALE -> STALE;
            case OF_ANOTHER_HISTORY -> unavailable(history.broken(older.target().index()));
        };
    }

    private static Outcome unavailable(Verdict verdict) {
        boolean needsAHuman = verdict instanceof Verdict.Misconfigured || verdict instanceof Verdict.OtherHistory;
        return new Unavailable(verdict.reason(), needsAHuman ? AFTER_A_HUMAN : SOON);
    }

    /// The words of Elasticsearch name the column, what is expected there and what is found, but not the index.
    private static Settlement<Draft> rejected(Reason reason, Draft draft, String words) {
        return Settlement.ofTheNewest(
                new Rejected(reason, "index " + draft.target().index() + ": " + words));
    }

    private List<List<Document>> requests(List<Document> documents) {
        List<List<Document>> requests = new ArrayList<>();
        int start = 0;
        long bytes = 0;
        for (int at = 0; at < documents.size(); at++) {
            int size = documents.get(at).size();
            if (at > start && bytes + size > maxBytes) {
                requests.add(documents.subList(start, at));
                start = at;
                bytes = 0;
            }
            bytes += size;
        }
        requests.add(documents.subList(start, documents.size()));
        return requests;
    }
}
