package dev.rowcast.indexer.indices;

import dev.rowcast.indexer.bulk.BulkResult;
import dev.rowcast.indexer.bulk.BulkStore;
import dev.rowcast.indexer.bulk.DocumentVerdict;
import dev.rowcast.indexer.bulk.Preparation;
import dev.rowcast.indexer.document.Document;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Stores documents only in prepared indices. It prepares them again after an answer that shows a
/// misconfiguration. A document that was written to a recreated index, such as one with a dynamic
/// mapping, does not count as stored. While documents are refused although the indices are prepared, for
/// example for a missing privilege, that is a problem too, for a minute: the next documents show whether it
/// lasts, or whether it concerned one document only.
public final class PreparedStore implements BulkStore {

    /// A write with a `_seq_no` below this may be in a recreated index. The number is many times the
    /// documents that all instances send at the same time.
    private static final long FIRST_WRITES = 10_000;

    private static final Duration LONGEST_REFUSAL = Duration.ofMinutes(1);

    private final BulkStore store;
    private final Supplier<Preparation> prepare;
    private final Function<String, Optional<String>> uuid;
    private final InstantSource clock;
    private final AtomicReference<CompletableFuture<Preparation>> running = new AtomicReference<>();
    private volatile Optional<Preparation.Ready> prepared = Optional.empty();
    private volatile Optional<Refused> lastRefused = Optional.empty();

    /// A document that was refused because of the setup.
    ///
    /// @param indices the indices that it was written for
    /// @param since   time of the first refusal
    private record Refused(Document document, Preparation.Ready indices, Instant since) {}

    /// @param store stores the documents once the indices are prepared
    /// @param prepare checks the indices and creates the missing ones; may block
    /// @param uuid returns the uuid of the index that currently has a name; may block
    /// @param clock limits the time for which a refused document is a problem
    public PreparedStore(
            BulkStore store,
            Supplier<Preparation> prepare,
            Function<String, Optional<String>> uuid,
            InstantSource clock) {
        this.store = store;
        this.prepare = prepare;
        this.uuid = uuid;
        this.clock = clock;
    }

    /// Prepares the indices again, then sends the last refused document again; blocks.
    ///
    /// @return why no documents can be stored; empty if they can, or if prepared indices are unreachable
    public Optional<DocumentVerdict> problem() {
        return switch (prepareOnce()) {
            case Preparation.Blocked(DocumentVerdict verdict) -> Optional.of(verdict);
            case Preparation.Ready ready -> lastRefused.flatMap(refused -> sendAgain(refused, ready));
        };
    }

    /// A function that is not ready receives no events, so the end of the refusal is noticed only here. The
    /// guard of the store makes the repetition harmless.
    private Optional<DocumentVerdict> sendAgain(Refused refused, Preparation.Ready ready) {
        boolean isOld = refused.since().plus(LONGEST_REFUSAL).isBefore(clock.instant());
        // A document for other indices may have another layout.
        Optional<DocumentVerdict> verdict = !isOld && refused.indices().equals(ready)
                ? misconfiguration(store(List.of(refused.document()), ready))
                : Optional.empty();
        if (verdict.isEmpty()) {
            lastRefused = Optional.empty();
        }
        return verdict;
    }

    /// The mapped columns of the indices, or why they accept no documents; may block.
    public Preparation preparation() {
        return prepared.<Preparation>map(ready -> ready).orElseGet(this::prepareOnce);
    }

    @Override
    public BulkResult store(List<Document> documents) {
        return switch (preparation()) {
            case Preparation.Ready ready -> store(documents, ready);
            case Preparation.Blocked(DocumentVerdict verdict) -> new BulkResult.AsOne(verdict);
        };
    }

    private BulkResult store(List<Document> documents, Preparation.Ready ready) {
        BulkResult answer = switch (store.store(documents)) {
            case BulkResult.AsOne whole -> whole;
            case BulkResult.ByItem(List<DocumentVerdict> verdicts) ->
                new BulkResult.ByItem(withoutRecreatedIndices(documents, verdicts, ready));
        };
        firstMisconfigured(answer).ifPresent(at -> {
            prepared = Optional.empty();
            Instant since = lastRefused.map(Refused::since).orElseGet(clock::instant);
            lastRefused = Optional.of(new Refused(documents.get(at), ready, since));
        });
        return answer;
    }

    /// An index that has the same uuid before and after the writes was not recreated.
    private List<DocumentVerdict> withoutRecreatedIndices(
            List<Document> documents, List<DocumentVerdict> verdicts, Preparation.Ready ready) {
        Set<String> recreated = IntStream.range(0, documents.size())
                .filter(at -> mayBeInRecreatedIndex(verdicts.get(at)))
                .mapToObj(at -> documents.get(at).target().index())
                .distinct()
                .filter(name -> !uuid.apply(name)
                        .equals(Optional.of(ready.byName().get(name).uuid())))
                .collect(Collectors.toSet());
        if (recreated.isEmpty()) {
            return verdicts;
        }
        return IntStream.range(0, verdicts.size())
                .mapToObj(at -> verdict(documents.get(at).target().index(), verdicts.get(at), recreated))
                .toList();
    }

    private static DocumentVerdict verdict(String index, DocumentVerdict verdict, Set<String> recreated) {
        return recreated.contains(index) && !(verdict instanceof DocumentVerdict.Temporary)
                ? new DocumentVerdict.Misconfigured(
                        "index %s was deleted or recreated while documents were sent".formatted(index))
                : verdict;
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
                    DocumentVerdict.Temporary _,
                    DocumentVerdict.Misconfigured _ -> false;
        };
    }

    /// Concurrent callers share one preparation.
    private Preparation prepareOnce() {
        CompletableFuture<Preparation> mine = new CompletableFuture<>();
        CompletableFuture<Preparation> other = running.compareAndExchange(null, mine);
        if (other != null) {
            return other.join();
        }
        try {
            Preparation state = unlessUnreachable(prepare.get());
            prepared = state instanceof Preparation.Ready ready ? Optional.of(ready) : Optional.empty();
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

    private Preparation unlessUnreachable(Preparation found) {
        return found instanceof Preparation.Blocked(DocumentVerdict.Temporary _)
                ? prepared.<Preparation>map(ready -> ready).orElse(found)
                : found;
    }

    private static Optional<DocumentVerdict> misconfiguration(BulkResult answer) {
        return verdicts(answer).stream()
                .filter(DocumentVerdict.Misconfigured.class::isInstance)
                .findFirst();
    }

    private static OptionalInt firstMisconfigured(BulkResult answer) {
        List<DocumentVerdict> verdicts = verdicts(answer);
        return IntStream.range(0, verdicts.size())
                .filter(at -> verdicts.get(at) instanceof DocumentVerdict.Misconfigured)
                .findFirst();
    }

    private static List<DocumentVerdict> verdicts(BulkResult answer) {
        return switch (answer) {
            case BulkResult.ByItem(List<DocumentVerdict> verdicts) -> verdicts;
            case BulkResult.AsOne(DocumentVerdict verdict) -> List.of(verdict);
        };
    }
}
