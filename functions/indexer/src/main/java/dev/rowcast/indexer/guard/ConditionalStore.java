package dev.rowcast.indexer.guard;

import dev.rowcast.indexer.bulk.BulkResult;
import dev.rowcast.indexer.bulk.BulkStore;
import dev.rowcast.indexer.bulk.DocumentVerdict;
import dev.rowcast.indexer.bulk.SourceHistory;
import dev.rowcast.indexer.bulk.StoredVersion;
import dev.rowcast.indexer.document.Document;
import dev.rowcast.indexer.elasticsearch.ElasticsearchClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Stores a document only if it is newer than the stored one.
///
///     documents ─▶ _bulk, external version ─▶ written: it was newer
///                                    └▶ conflict ─▶ _mget: which change does the stored document show?
///                     written ◀─ _bulk, if unchanged ◀─ newer ┤ not newer: stale
///                        again ◀─ conflict ◀─┘                └ not newer but later: another history
///
/// The version is `epoch` and `commit` of the position, so a higher version means a higher
/// position. A version that is not higher is not conclusive: then the store reads the
/// document and writes by compare-and-set.
public final class ConditionalStore implements BulkStore {

    /// Maximum number of read and write rounds for a document; then its event gets 503.
    private static final int ROUNDS = 8;

    private static final Write.Condition HIGHER = new Write.HigherVersion();

    private final Write.Writer bulk;
    private final StoredDocuments stored;
    private final Duration patience;
    private final SourceHistory history;

    /// Creates a store for Elasticsearch.
    ///
    /// @param history records changes of another history of the source
    public static ConditionalStore in(ElasticsearchClient elasticsearch, SourceHistory history) {
        return new ConditionalStore(
                new ElasticsearchBulk(elasticsearch),
                new ElasticsearchDocuments(elasticsearch),
                elasticsearch.timeout(),
                history);
    }

    /// @param patience no round starts after this time
    /// @param history records changes of another history of the source
    ConditionalStore(Write.Writer bulk, StoredDocuments stored, Duration patience, SourceHistory history) {
        this.bulk = bulk;
        this.stored = stored;
        this.patience = patience;
        this.history = history;
    }

    @Override
    public BulkResult store(List<Document> documents) {
        long start = System.nanoTime();
        List<Write> writes =
                documents.stream().map(document -> new Write(document, HIGHER)).toList();
        return switch (bulk.send(writes)) {
            case BulkResult.AsOne whole -> whole;
            case BulkResult.ByItem(List<DocumentVerdict> each) -> {
                List<DocumentVerdict> verdicts = new ArrayList<>(each);
                Map<Integer, Document> open = conflicts(documents, verdicts);
                for (int round = 1; !open.isEmpty() && round <= ROUNDS && isInTime(start); round++) {
                    decide(open, verdicts);
                    open.keySet().removeIf(at -> !(verdicts.get(at) instanceof DocumentVerdict.Conflict));
                }
                yield new BulkResult.ByItem(verdicts);
            }
        };
    }

    private boolean isInTime(long start) {
        return System.nanoTime() - start < patience.toNanos();
    }

    private static Map<Integer, Document> conflicts(List<Document> documents, List<DocumentVerdict> verdicts) {
        Map<Integer, Document> conflicts = new TreeMap<>();
        for (int at = 0; at < documents.size(); at++) {
            if (verdicts.get(at) instanceof DocumentVerdict.Conflict) {
                conflicts.put(at, documents.get(at));
            }
        }
        return conflicts;
    }

    /// Reads the stored version of each open document and writes the documents that are newer.
    ///
    /// @param open documents by their index in `verdicts`
    private void decide(Map<Integer, Document> open, List<DocumentVerdict> verdicts) {
        List<StoredDocuments.Lookup> lookups =
                stored.read(open.values().stream().map(Document::target).toList());
        List<Integer> places = new ArrayList<>();
        List<Write> writes = new ArrayList<>();
        int number = 0;
        for (Map.Entry<Integer, Document> entry : open.entrySet()) {
            Document document = entry.getValue();
            switch (decision(document, lookups.get(number++))) {
                case Decision.WriteIf(Write.Condition condition) -> {
                    places.add(entry.getKey());
                    writes.add(new Write(document, condition));
                }
                case Decision.Decided(DocumentVerdict verdict) -> verdicts.set(entry.getKey(), verdict);
            }
        }
        if (!writes.isEmpty()) {
            List<DocumentVerdict> answers = write(writes);
            for (int i = 0; i < places.size(); i++) {
                verdicts.set(places.get(i), answers.get(i));
            }
        }
    }

    private List<DocumentVerdict> write(List<Write> writes) {
        return switch (bulk.send(writes)) {
            case BulkResult.ByItem(List<DocumentVerdict> each) -> each;
            // No document is at fault, because an earlier request with all of them was processed.
            case BulkResult.AsOne(DocumentVerdict.Misconfigured whole) -> Collections.nCopies(writes.size(), whole);
            case BulkResult.AsOne(DocumentVerdict whole) ->
                Collections.nCopies(writes.size(), new DocumentVerdict.Temporary(whole.reason()));
        };
    }

    private sealed interface Decision {
        record WriteIf(Write.Condition condition) implements Decision {}

        record Decided(DocumentVerdict verdict) implements Decision {}
    }

    private Decision decision(Document document, StoredDocuments.Lookup lookup) {
        return switch (lookup) {
            case StoredDocuments.Lookup.Failed(DocumentVerdict verdict) -> new Decision.Decided(verdict);
            case StoredDocuments.Lookup.Absent _ -> new Decision.WriteIf(HIGHER);
            // The index was recreated after the conflict. Raising the version by one would leave it
            // below the version of the position.
            case StoredDocuments.Lookup.Found found
            when found.version() < document.position().version() -> new Decision.WriteIf(HIGHER);
            case StoredDocuments.Lookup.Found found ->
                switch (found.shown()
                        .map(shown -> shown.compare(document.position(), document.changedAt()))
                        .orElse(StoredVersion.Comparison.NEWER)) {
                    case NEWER -> new Decision.WriteIf(found.unchanged());
                    case STALE ->
                        new Decision.Decided(
                                new DocumentVerdict.Newer(found.unchanged().seqNo()));
                    case OTHER_HISTORY ->
                        new Decision.Decided(
                                history.reportOtherHistory(document.target().index()));
                };
        };
    }
}
