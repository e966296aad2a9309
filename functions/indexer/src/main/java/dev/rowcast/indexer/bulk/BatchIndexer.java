package dev.rowcast.indexer.bulk;

import dev.rowcast.delivery.Outcome;
import dev.rowcast.indexer.document.Document;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/// Stores a batch of documents and answers for each of them.
///
///     documents → newest of each target → requests of at most max-bytes → verdict of each
///                      ▲                      ▲        │        │
///                      │                      └─ halves ┘       │ the newest alone was at fault
///                      └──────────── next version ──────────────┘
///
/// A request that is too large, or that is not understood as a whole, is sent again in halves, so that no document
/// takes its neighbours along.
public final class BatchIndexer {

    private final BulkStore store;
    private final long maxBytes;

    /// @param maxBytes how large a request may become, in bytes; a single document may be larger
    public BatchIndexer(BulkStore store, long maxBytes) {
        this.store = store;
        this.maxBytes = maxBytes;
    }

    /// Stores `documents`; blocks until each has its outcome.
    ///
    /// @return one outcome for each document, in their order
    public List<Outcome> index(List<Document> documents) {
        Batch batch = new Batch(documents);
        for (List<Document> newest = batch.newest(); !newest.isEmpty(); newest = batch.newest()) {
            batch.take(send(newest));
        }
        return batch.outcomes();
    }

    private List<Verdict> send(List<Document> documents) {
        List<Verdict> verdicts = new ArrayList<>(documents.size());
        Deque<List<Document>> requests = requests(documents);
        while (!requests.isEmpty()) {
            List<Document> request = requests.remove();
            switch (store.store(request)) {
                case BulkAnswer.ByItem(List<Verdict> each) -> verdicts.addAll(each);
                case BulkAnswer.AsOne(Verdict verdict)
                when isAboutDocuments(verdict) && request.size() > 1 -> {
                    int half = request.size() / 2;
                    requests.addFirst(request.subList(half, request.size()));
                    requests.addFirst(request.subList(0, half));
                }
                case BulkAnswer.AsOne(Verdict verdict) when isAboutDocuments(verdict) -> verdicts.add(verdict);
                // Asking again for the rest would only make everybody wait for the same answer.
                case BulkAnswer.AsOne(Verdict verdict) -> {
                    return filledUp(verdicts, verdict, documents.size());
                }
            }
        }
        return verdicts;
    }

    private static boolean isAboutDocuments(Verdict verdict) {
        return switch (verdict) {
            case Verdict.TooLarge _, Verdict.Unstorable _ -> true;
            case Verdict.Written _, Verdict.Newer _, Verdict.Unavailable _, Verdict.Misconfigured _ -> false;
        };
    }

    private static List<Verdict> filledUp(List<Verdict> verdicts, Verdict verdict, int size) {
        verdicts.addAll(Collections.nCopies(size - verdicts.size(), verdict));
        return verdicts;
    }

    private Deque<List<Document>> requests(List<Document> documents) {
        Deque<List<Document>> requests = new ArrayDeque<>();
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
