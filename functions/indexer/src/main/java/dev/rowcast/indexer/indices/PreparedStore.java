package dev.rowcast.indexer.indices;

import dev.rowcast.indexer.bulk.BulkResult;
import dev.rowcast.indexer.bulk.BulkStore;
import dev.rowcast.indexer.bulk.Preparation;
import dev.rowcast.indexer.bulk.DocumentVerdict;
import dev.rowcast.indexer.document.Document;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Stores documents only in prepared indices. It prepares them again after an answer that shows a
/// misconfiguration. A document that was written to a recreated index, such as one with a dynamic
/// mapping, does not count as stored.
public final class PreparedStore implements BulkStore {

    /// A write with a `_seq_no` below this may be in a recreated index. The number is many times the
    /// documents that all instances send at the same time.
    private static final long FIRST_WRITES = 10_000;

    private final BulkStore store;
    private final Supplier<Indices.State> prepare;
    private final Function<String, Optional<String>> uuid;
    private final AtomicReference<CompletableFuture<Indices.State>> running = new AtomicReference<>();
    private volatile Optional<Indices.State.Ready> prepared = Optional.empty();

    /// @param store stores the documents once the indices are prepared
    /// @param prepare checks the indices and creates the missing ones; may block
    /// @param uuid returns the uuid of the index that currently has a name; may block
    public PreparedStore(BulkStore store, Supplier<Indices.State> prepare, Function<String, Optional<String>> uuid) {
        this.store = store;
        this.prepare = prepare;
        this.uuid = uuid;
    }

    /// Prepares the indices again; blocks.
    ///
    /// @return why no documents can be stored; empty if prepared indices are only unreachable
    public Optional<DocumentVerdict> problem() {
        return prepareOnce() instanceof Indices.State.Blocked(DocumentVerdict verdict)
                ? Optional.of(verdict)
                : Optional.empty();
    }

    /// The mapped columns of the indices, or why they accept no documents; may block.
    public Preparation preparation() {
        return switch (ready()) {
            case Indices.State.Ready(Map<String, Indices.Index> byName) ->
                new Preparation.Done(byName.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().layout())));
            case Indices.State.Blocked(DocumentVerdict verdict) -> new Preparation.Blocked(verdict);
        };
    }

    @Override
    public BulkResult store(List<Document> documents) {
        return switch (ready()) {
            case Indices.State.Ready indices -> store(documents, indices);
            case Indices.State.Blocked(DocumentVerdict verdict) -> new BulkResult.AsOne(verdict);
        };
    }

    private BulkResult store(List<Document> documents, Indices.State.Ready indices) {
        BulkResult answer = switch (store.store(documents)) {
            case BulkResult.AsOne whole -> whole;
            case BulkResult.ByItem(List<DocumentVerdict> verdicts) ->
                new BulkResult.ByItem(withoutRecreatedIndices(documents, verdicts, indices));
        };
        if (hasMisconfiguration(answer)) {
            prepared = Optional.empty();
        }
        return answer;
    }

    /// An index that has the same uuid before and after the writes was not recreated.
    private List<DocumentVerdict> withoutRecreatedIndices(
            List<Document> documents, List<DocumentVerdict> verdicts, Indices.State.Ready indices) {
        Set<String> recreated = new HashSet<>();
        Set<String> checked = new HashSet<>();
        for (int at = 0; at < documents.size(); at++) {
            String name = documents.get(at).target().index();
            if (mayBeInRecreatedIndex(verdicts.get(at)) && checked.add(name)) {
                String before = indices.byName().get(name).uuid();
                if (!uuid.apply(name).equals(Optional.of(before))) {
                    recreated.add(name);
                }
            }
        }
        if (recreated.isEmpty()) {
            return verdicts;
        }
        List<DocumentVerdict> corrected = new ArrayList<>();
        for (int at = 0; at < documents.size(); at++) {
            String name = documents.get(at).target().index();
            corrected.add(
                    recreated.contains(name) && !(verdicts.get(at) instanceof DocumentVerdict.Away)
                            ? new DocumentVerdict.Misconfigured(
                                    "index %s was deleted or recreated while documents were sent".formatted(name))
                            : verdicts.get(at));
        }
        return corrected;
    }

    private static boolean mayBeInRecreatedIndex(DocumentVerdict verdict) {
        return switch (verdict) {
            case DocumentVerdict.Written(long seqNo) -> seqNo < FIRST_WRITES;
            case DocumentVerdict.Newer(long seqNo) -> seqNo < FIRST_WRITES;
            // The mapping that rejected it may be dynamic.
            case DocumentVerdict.Unstorable _ -> true;
            case DocumentVerdict.Conflict _,
                    DocumentVerdict.OtherHistory _,
                    DocumentVerdict.TooLarge _,
                    DocumentVerdict.Away _,
                    DocumentVerdict.Misconfigured _ -> false;
        };
    }

    private Indices.State ready() {
        return prepared.<Indices.State>map(ready -> ready).orElseGet(this::prepareOnce);
    }

    /// Concurrent callers share one preparation.
    private Indices.State prepareOnce() {
        CompletableFuture<Indices.State> mine = new CompletableFuture<>();
        CompletableFuture<Indices.State> other = running.compareAndExchange(null, mine);
        if (other != null) {
            return other.join();
        }
        try {
            Indices.State state = unlessUnreachable(prepare.get());
            prepared = state instanceof Indices.State.Ready ready ? Optional.of(ready) : Optional.empty();
            mine.complete(state);
            return state;
        } catch (Throwable e) {
            // Also for an Error, or the waiting callers would wait for ever.
            mine.completeExceptionally(e);
            throw e;
        } finally {
            running.set(null);
        }
    }

    private Indices.State unlessUnreachable(Indices.State found) {
        boolean away =
                found instanceof Indices.State.Blocked(DocumentVerdict verdict) && verdict instanceof DocumentVerdict.Away;
        return away ? prepared.<Indices.State>map(ready -> ready).orElse(found) : found;
    }

    private static boolean hasMisconfiguration(BulkResult answer) {
        return switch (answer) {
            case BulkResult.ByItem(List<DocumentVerdict> verdicts) ->
                verdicts.stream().anyMatch(DocumentVerdict.Misconfigured.class::isInstance);
            case BulkResult.AsOne(DocumentVerdict verdict) -> verdict instanceof DocumentVerdict.Misconfigured;
        };
    }
}
