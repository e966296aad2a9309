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

/// A store that takes nothing before its indices are prepared, and prepares them again after an answer that says that
/// something about them, or about the right to write to them, has changed. What went to another index than the one that
/// was prepared, such as one that Elasticsearch made by itself with a guessed mapping, does not count as stored.
public final class PreparedStore implements BulkStore {

    /// An index that was made while documents were under way counts its first writes below this number: it is many
    /// times what all instances together have under way.
    private static final long MAY_BE_NEW = 10_000;

    private final BulkStore store;
    private final Supplier<Indices.State> prepare;
    private final Function<String, Optional<String>> uuid;
    private final AtomicReference<CompletableFuture<Indices.State>> underWay = new AtomicReference<>();
    private volatile Optional<Indices.State.Ready> prepared = Optional.empty();

    /// @param store takes the documents once all is prepared
    /// @param prepare checks the indices and makes what is missing; may block
    /// @param uuid tells the uuid of the index that a name leads to now; may block
    public PreparedStore(BulkStore store, Supplier<Indices.State> prepare, Function<String, Optional<String>> uuid) {
        this.store = store;
        this.prepare = prepare;
        this.uuid = uuid;
    }

    /// Looks again at what stands in the way of storing documents; blocks while that is found out.
    ///
    /// @return what it is, or nothing. An Elasticsearch that is away has not lost what was prepared.
    public Optional<DocumentVerdict> problem() {
        return prepareOnce() instanceof Indices.State.Blocked(DocumentVerdict verdict)
                ? Optional.of(verdict)
                : Optional.empty();
    }

    /// Whether documents can be stored, and what their indices map; blocks while that is found out.
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
                new BulkResult.ByItem(withoutThoseElsewhere(documents, verdicts, indices));
        };
        if (tellsOfMisconfiguration(answer)) {
            prepared = Optional.empty();
        }
        return answer;
    }

    /// An index cannot come back under its uuid: where the uuid is after the writes what it was before, they are there.
    private List<DocumentVerdict> withoutThoseElsewhere(
            List<Document> documents, List<DocumentVerdict> verdicts, Indices.State.Ready indices) {
        Set<String> elsewhere = new HashSet<>();
        Set<String> asked = new HashSet<>();
        for (int at = 0; at < documents.size(); at++) {
            String name = documents.get(at).target().index();
            if (mayBeOfANewIndex(verdicts.get(at)) && asked.add(name)) {
                String before = indices.byName().get(name).uuid();
                if (!uuid.apply(name).equals(Optional.of(before))) {
                    elsewhere.add(name);
                }
            }
        }
        if (elsewhere.isEmpty()) {
            return verdicts;
        }
        List<DocumentVerdict> right = new ArrayList<>();
        for (int at = 0; at < documents.size(); at++) {
            String name = documents.get(at).target().index();
            right.add(
                    elsewhere.contains(name) && !(verdicts.get(at) instanceof DocumentVerdict.Away)
                            ? new DocumentVerdict.Misconfigured(
                                    "index %s was deleted or made anew while documents were under way".formatted(name))
                            : verdicts.get(at));
        }
        return right;
    }

    private static boolean mayBeOfANewIndex(DocumentVerdict verdict) {
        return switch (verdict) {
            case DocumentVerdict.Written(long seqNo) -> seqNo < MAY_BE_NEW;
            case DocumentVerdict.Newer(long seqNo) -> seqNo < MAY_BE_NEW;
            // By a mapping that may have been guessed.
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

    /// Whoever comes while the preparation is under way waits for its result: one at a time is enough.
    private Indices.State prepareOnce() {
        CompletableFuture<Indices.State> mine = new CompletableFuture<>();
        CompletableFuture<Indices.State> other = underWay.compareAndExchange(null, mine);
        if (other != null) {
            return other.join();
        }
        try {
            Indices.State state = unlessOnlyAway(prepare.get());
            prepared = state instanceof Indices.State.Ready ready ? Optional.of(ready) : Optional.empty();
            mine.complete(state);
            return state;
        } catch (Throwable e) {
            // An Error too: those who wait would wait for ever.
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underWay.set(null);
        }
    }

    private Indices.State unlessOnlyAway(Indices.State found) {
        boolean away =
                found instanceof Indices.State.Blocked(DocumentVerdict verdict) && verdict instanceof DocumentVerdict.Away;
        return away ? prepared.<Indices.State>map(ready -> ready).orElse(found) : found;
    }

    private static boolean tellsOfMisconfiguration(BulkResult answer) {
        return switch (answer) {
            case BulkResult.ByItem(List<DocumentVerdict> verdicts) ->
                verdicts.stream().anyMatch(DocumentVerdict.Misconfigured.class::isInstance);
            case BulkResult.AsOne(DocumentVerdict verdict) -> verdict instanceof DocumentVerdict.Misconfigured;
        };
    }
}
