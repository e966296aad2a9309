package dev.rowcast.indexer.indices;

import dev.rowcast.indexer.bulk.BulkAnswer;
import dev.rowcast.indexer.bulk.BulkStore;
import dev.rowcast.indexer.bulk.Verdict;
import dev.rowcast.indexer.document.Document;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// A store that takes nothing before its indices are prepared, and prepares them again after an answer that says that
/// something about them, or about the right to write to them, has changed.
public final class PreparedStore implements BulkStore {

    private final BulkStore store;
    private final Supplier<Optional<Verdict>> prepare;
    private final AtomicReference<CompletableFuture<Optional<Verdict>>> underWay = new AtomicReference<>();
    private volatile boolean prepared;

    /// @param store takes the documents once all is prepared
    /// @param prepare tells what stands in the way, or nothing; may block
    public PreparedStore(BulkStore store, Supplier<Optional<Verdict>> prepare) {
        this.store = store;
        this.prepare = prepare;
    }

    /// Looks again at what stands in the way of storing documents; blocks while that is found out.
    ///
    /// @return what it is, or nothing. An Elasticsearch that is away has not lost what was prepared.
    public Optional<Verdict> problem() {
        return prepareOnce();
    }

    @Override
    public BulkAnswer store(List<Document> documents) {
        Optional<Verdict> problem = prepared ? Optional.empty() : prepareOnce();
        if (problem.isPresent()) {
            return new BulkAnswer.AsOne(problem.get());
        }
        BulkAnswer answer = store.store(documents);
        if (tellsOfMisconfiguration(answer)) {
            prepared = false;
        }
        return answer;
    }

    /// Whoever comes while the preparation is under way waits for its result: one at a time is enough.
    private Optional<Verdict> prepareOnce() {
        CompletableFuture<Optional<Verdict>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<Verdict>> other = underWay.compareAndExchange(null, mine);
        if (other != null) {
            return other.join();
        }
        try {
            Optional<Verdict> problem =
                    prepare.get().filter(found -> !(prepared && found instanceof Verdict.Unavailable));
            prepared = problem.isEmpty();
            mine.complete(problem);
            return problem;
        } catch (RuntimeException e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underWay.set(null);
        }
    }

    private static boolean tellsOfMisconfiguration(BulkAnswer answer) {
        return switch (answer) {
            case BulkAnswer.ByItem(List<Verdict> verdicts) ->
                verdicts.stream().anyMatch(Verdict.Misconfigured.class::isInstance);
            case BulkAnswer.AsOne(Verdict verdict) -> verdict instanceof Verdict.Misconfigured;
        };
    }
}
