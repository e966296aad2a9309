package dev.rowcast.indexer.bulk;

import dev.rowcast.delivery.GuardedBatch;
import dev.rowcast.delivery.SplitOnFault;
import dev.rowcast.delivery.StoreAnswer;
import dev.rowcast.indexer.document.Document;
import dev.rowcast.indexer.document.Draft;
import dev.rowcast.indexer.document.Target;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Stored;
import dev.rowcast.outcome.Unavailable;
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

/// Stores a batch of drafts: the newest draft of each target becomes a document, and the documents are sent
/// in requests of limited size. A request that Elasticsearch rejects as a whole is sent again in halves. A
/// delete that is rejected because of the values of its row is sent again with its key only.
public final class BatchIndexer {

    private static final Logger LOG = Logger.getLogger(BatchIndexer.class);

    private final BulkStore store;
    private final Supplier<Preparation> preparation;
    private final SourceHistory history;
    private final long maxBytes;

    /// @param preparation returns the indices and their mapped columns; may block
    /// @param history records changes of another history of the source
    /// @param maxBytes the largest request in bytes; a single document may be larger
    public BatchIndexer(BulkStore store, Supplier<Preparation> preparation, SourceHistory history, long maxBytes) {
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
            case Preparation.Ready(Map<String, Preparation.Index> indices) ->
                batch(indices).store(drafts);
            case Preparation.Blocked(DocumentVerdict verdict) ->
                Collections.nCopies(drafts.size(), verdict.outcome(""));
        };
    }

    private GuardedBatch<Target, Draft> batch(Map<String, Preparation.Index> indices) {
        return new GuardedBatch<>(
                Draft::target,
                Comparator.comparing(Draft::position),
                newest -> store(newest, indices),
                (older, newest, ofNewest) -> Optional.of(superseded(older, newest)));
    }

    private List<Outcome> store(List<Draft> drafts, Map<String, Preparation.Index> indices) {
        List<Outcome> outcomes = new ArrayList<>(send(drafts, indices));
        Map<Integer, Draft> again = new TreeMap<>();
        for (int at = 0; at < drafts.size(); at++) {
            if (outcomes.get(at) instanceof Rejected) {
                int place = at;
                drafts.get(at).withKeyOnly().ifPresent(smaller -> again.put(place, smaller));
            }
        }
        Iterator<Outcome> retried = send(List.copyOf(again.values()), indices).iterator();
        again.forEach((at, smaller) -> {
            Outcome outcome = retried.next();
            if (outcome instanceof Stored) {
                LOG.warnf(
                        "A deleted row was stored with its key only, because Elasticsearch rejected its values: %s",
                        outcomes.get(at));
            }
            outcomes.set(at, outcome);
        });
        return outcomes;
    }

    private List<Outcome> send(List<Draft> drafts, Map<String, Preparation.Index> indices) {
        List<Document> documents = drafts.stream()
                .map(draft ->
                        Document.of(draft, indices.get(draft.target().index()).layout()))
                .toList();
        return SplitOnFault.send(requests(documents), this::send);
    }

    private StoreAnswer send(List<Document> request) {
        return switch (store.store(request)) {
            case BulkResult.ByItem(List<DocumentVerdict> each) ->
                new StoreAnswer.Each(IntStream.range(0, each.size())
                        .mapToObj(at ->
                                each.get(at).outcome(request.get(at).target().index()))
                        .toList());
            case BulkResult.AsOne(DocumentVerdict verdict) ->
                switch (verdict.outcome(request.getFirst().target().index())) {
                    case Rejected rejected -> new StoreAnswer.OneAtFault(rejected);
                    case Unavailable unavailable -> new StoreAnswer.NoneTaken(unavailable);
                    case Stored _, Skipped _ ->
                        throw new IllegalStateException("the verdict on a failed request is " + verdict);
                };
        };
    }

    /// The outcome of an older draft of the same target.
    private Outcome superseded(Draft older, Draft newest) {
        return switch (StoredVersion.of(newest).compare(older.position(), older.changedAt())) {
            case NEWER, STALE -> Skipped.STALE;
            case OTHER_HISTORY ->
                history.reportOtherHistory(older.target().index())
                        .outcome(older.target().index());
        };
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
