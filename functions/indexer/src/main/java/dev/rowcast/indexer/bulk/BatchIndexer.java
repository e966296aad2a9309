package dev.rowcast.indexer.bulk;

import dev.rowcast.change.Reason;
import dev.rowcast.change.Rejected;
import dev.rowcast.change.Skipped;
import dev.rowcast.delivery.NewestFirst;
import dev.rowcast.delivery.NewestFirst.Settlement;
import dev.rowcast.delivery.Outcome;
import dev.rowcast.delivery.Stored;
import dev.rowcast.delivery.Together;
import dev.rowcast.delivery.Unavailable;
import dev.rowcast.indexer.document.Document;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

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

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration AFTER_A_HUMAN = Duration.ofSeconds(10);
    private static final Skipped STALE = new Skipped("stale");

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
        NewestFirst<Document.Target, Document> batch =
                new NewestFirst<>(documents, Document::target, Comparator.comparing(Document::position));
        for (List<Document> newest = batch.newest(); !newest.isEmpty(); newest = batch.newest()) {
            batch.settle(settlements(newest, Together.send(requests(newest), this::send)));
        }
        return batch.outcomes();
    }

    private Together<Verdict> send(List<Document> request) {
        return switch (store.store(request)) {
            case BulkAnswer.ByItem(List<Verdict> each) -> new Together.Each<>(each);
            case BulkAnswer.AsOne(Verdict verdict) ->
                isAboutDocuments(verdict) ? new Together.OneAtFault<>(verdict) : new Together.NoneTaken<>(verdict);
        };
    }

    private static boolean isAboutDocuments(Verdict verdict) {
        return switch (verdict) {
            case Verdict.TooLarge _, Verdict.Unstorable _ -> true;
            case Verdict.Written _, Verdict.Newer _, Verdict.Unavailable _, Verdict.Misconfigured _ -> false;
        };
    }

    private static List<Settlement<Document>> settlements(List<Document> newest, List<Verdict> verdicts) {
        return IntStream.range(0, newest.size())
                .mapToObj(i -> settlement(newest.get(i), verdicts.get(i)))
                .toList();
    }

    private static Settlement<Document> settlement(Document document, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Written _ -> Settlement.ofAll(new Stored(document.position()), STALE);
            case Verdict.Newer _ -> Settlement.ofAll(STALE, STALE);
            case Verdict.Unstorable(String reason) -> rejected(Reason.NOT_STORABLE, document, reason);
            case Verdict.TooLarge(String reason) -> rejected(Reason.TOO_LARGE, document, reason);
            case Verdict.Unavailable(String reason) -> unavailable(reason, SOON);
            case Verdict.Misconfigured(String reason) -> unavailable(reason, AFTER_A_HUMAN);
        };
    }

    /// The words of Elasticsearch name the column, what is expected there and what is found, but not the index.
    private static Settlement<Document> rejected(Reason reason, Document document, String words) {
        return Settlement.ofTheNewest(
                new Rejected(reason, "index " + document.target().index() + ": " + words));
    }

    private static Settlement<Document> unavailable(String reason, Duration retryAfter) {
        Outcome unavailable = new Unavailable(reason, retryAfter);
        return Settlement.ofAll(unavailable, unavailable);
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
