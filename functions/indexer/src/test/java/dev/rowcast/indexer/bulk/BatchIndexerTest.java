package dev.rowcast.indexer.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowcast.change.Position;
import dev.rowcast.indexer.bulk.BulkResult.AsOne;
import dev.rowcast.indexer.bulk.BulkResult.ByItem;
import dev.rowcast.indexer.document.Document;
import dev.rowcast.indexer.document.Draft;
import dev.rowcast.indexer.document.Drafts;
import dev.rowcast.indexer.document.Layout;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Reason;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Skipped;
import dev.rowcast.outcome.Stored;
import dev.rowcast.outcome.Unavailable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/// What is sent of a batch, and how each of its documents is answered. The answers of the store are given here.
class BatchIndexerTest {

    private static final DocumentVerdict WRITTEN = new DocumentVerdict.Written(7);
    private static final Preparation PREPARED =
            new Preparation.Ready(Map.of("index", new Preparation.Index("u1", new Layout(Set.of()))));

    private final List<List<String>> requests = new ArrayList<>();
    private final SourceHistory history = new SourceHistory(InstantSource.system());

    @Test
    void eachDocumentIsAnsweredByItsOwnItem() {
        List<Outcome> outcomes = index(
                item -> switch (item) {
                    case "a1" -> WRITTEN;
                    case "b1" -> new DocumentVerdict.Newer(7);
                    case "c1" -> new DocumentVerdict.Unstorable("no number");
                    case "d1" -> new DocumentVerdict.Temporary("busy");
                    default -> new DocumentVerdict.Misconfigured("no index");
                },
                "a1 b1 c1 d1 e1");

        assertThat(outcomes.subList(0, 3))
                .containsExactly(
                        new Stored(),
                        new Skipped("stale"),
                        new Rejected(Reason.NOT_STORABLE, "index index: no number"));
        assertThat(outcomes.subList(3, 5)).hasOnlyElementsOfType(Unavailable.class);
        assertThat(outcomes.get(3)).asString().contains("busy");
        assertThat(outcomes.get(4)).asString().contains("no index");
    }

    @Test
    void onlyTheNewestVersionOfATargetIsSent() {
        List<Outcome> outcomes = index(item -> WRITTEN, "a3 b1 a9 a5");

        assertThat(requests).containsExactly(List.of("a9", "b1"));
        assertThat(outcomes).containsExactly(new Skipped("stale"), new Stored(), new Stored(), new Skipped("stale"));
    }

    @Test
    void olderVersionTakesThePlaceOfANewerOneThatIsAtFault() {
        List<Outcome> outcomes =
                index(item -> item.equals("a9") ? new DocumentVerdict.Unstorable("no number") : WRITTEN, "a3 a9 a5 b1");

        assertThat(requests).containsExactly(List.of("a9", "b1"), List.of("a5"));
        assertThat(outcomes)
                .containsExactly(
                        new Skipped("stale"),
                        new Rejected(Reason.NOT_STORABLE, "index index: no number"),
                        new Stored(),
                        new Stored());
    }

    @Test
    void versionsBelowOneThatIsUnavailableWaitWithIt() {
        List<Outcome> outcomes = index(item -> new DocumentVerdict.Temporary("busy"), "a3 a9");

        assertThat(requests).containsExactly(List.of("a9"));
        assertThat(outcomes).hasOnlyElementsOfType(Unavailable.class);
    }

    @Test
    void requestThatIsTooLargeIsHalvedDownToTheDocumentAtFault() {
        List<Outcome> outcomes = indexWhole(
                items -> items.contains("c1") ? new DocumentVerdict.TooLarge("over the limit") : WRITTEN,
                "a1 b1 c1 d1 e1");

        assertThat(outcomes.get(2)).isEqualTo(new Rejected(Reason.TOO_LARGE, "index index: over the limit"));
        assertThat(outcomes).filteredOn(Stored.class::isInstance).hasSize(4);
    }

    @Test
    void requestThatIsNotUnderstoodIsHalvedDownToTheDocumentAtFault() {
        List<Outcome> outcomes = indexWhole(
                items -> items.contains("a1") ? new DocumentVerdict.Unstorable("not understood") : WRITTEN, "a1 b1 c1");

        assertThat(outcomes)
                .containsExactly(
                        new Rejected(Reason.NOT_STORABLE, "index index: not understood"), new Stored(), new Stored());
    }

    @Test
    void deleteThatIsRefusedForItsRowIsStoredWithItsKeyAlone() {
        List<String> sent = new ArrayList<>();
        List<Outcome> outcomes = new BatchIndexer(
                        documents -> {
                            documents.forEach(document -> sent.add(new String(document.source(), UTF_8)));
                            return new ByItem(documents.stream()
                                    .map(document -> new String(document.source(), UTF_8).contains("NaN")
                                            ? new DocumentVerdict.Unstorable("no number")
                                            : WRITTEN)
                                    .toList());
                        },
                        () -> PREPARED,
                        history,
                        10_000)
                .index(drafts("a9x a5 b1"));

        assertThat(outcomes).containsExactly(new Stored(), new Skipped("stale"), new Stored());
        assertThat(sent).hasSize(3);
        assertThat(sent.getLast())
                .contains("\"deleted\":true", "\"customerid\":\"a\"", "\"left_out\":[\"bad\"]", "\"lsn\":9")
                .doesNotContain("NaN");
    }

    @Test
    void deleteWithARefusedKeyIsRejectedAloneAndOnce() {
        List<Outcome> outcomes =
                index(item -> item.startsWith("a") ? new DocumentVerdict.Unstorable("no key") : WRITTEN, "a9x b1");

        assertThat(requests).containsExactly(List.of("a9", "b1"), List.of("a9"));
        assertThat(outcomes).containsExactly(new Rejected(Reason.NOT_STORABLE, "index index: no key"), new Stored());
    }

    @Test
    void upsertThatIsRefusedIsNotCutDown() {
        index(item -> new DocumentVerdict.Unstorable("no number"), "a9");

        assertThat(requests).containsExactly(List.of("a9"));
    }

    @Test
    void nothingIsSentWhileTheIndicesAreNotPrepared() {
        List<Outcome> outcomes = new BatchIndexer(
                        documents -> {
                            throw new AssertionError("sent");
                        },
                        () -> new Preparation.Blocked(new DocumentVerdict.Misconfigured("no template")),
                        history,
                        10_000)
                .index(drafts("a1 b1"));

        assertThat(outcomes)
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Unavailable.class,
                                blocked -> assertThat(blocked.message()).isEqualTo("no template")));
    }

    @Test
    void olderVersionOfTheSameBatchThatIsLaterIsOfAnotherHistory() {
        Instant noon = Instant.parse("2026-03-01T12:00:00Z");
        ObjectNode columns = JsonNodeFactory.instance.objectNode();
        List<Outcome> outcomes = indexer(10_000, request -> written(request.size()))
                .index(List.of(
                        Drafts.row("index", "a", new Position(0, 9, 9), noon, columns),
                        Drafts.row("index", "a", new Position(0, 5, 5), noon.plusSeconds(3), columns),
                        Drafts.row("index", "a", new Position(0, 4, 4), noon.minusSeconds(3), columns)));

        assertThat(outcomes.get(0)).isInstanceOf(Stored.class);
        assertThat(outcomes.get(1))
                .isInstanceOfSatisfying(
                        Unavailable.class, other -> assertThat(other.message()).contains("raise ROWCAST_SOURCE_EPOCH"));
        assertThat(outcomes.get(2)).isEqualTo(new Skipped("stale"));
        assertThat(history.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("index index"));
    }

    @Test
    void requestThatFailsAsAWholeEndsTheBatch() {
        List<Outcome> outcomes = indexWhole(items -> new DocumentVerdict.Temporary("nobody there"), "a1 b1 c1 d1");

        assertThat(requests).hasSize(1);
        assertThat(outcomes).hasSize(4).hasOnlyElementsOfType(Unavailable.class);
    }

    @Test
    void requestsStayBelowTheLimitButASingleDocumentMayExceedIt() {
        int size = rendered(draft("a1")).size();

        indexer(2L * size, items -> written(items.size())).index(drafts("a1 b1 c1 d1 e1"));
        indexer(size - 1L, items -> written(items.size())).index(drafts("f1 g1"));

        assertThat(requests)
                .containsExactly(List.of("a1", "b1"), List.of("c1", "d1"), List.of("e1"), List.of("f1"), List.of("g1"));
    }

    @Test
    void requestsAfterTheFailedOneAreNotTried() {
        int size = rendered(draft("a1")).size();

        List<Outcome> outcomes = indexer(
                        size,
                        items -> items.contains("b1")
                                ? new AsOne(new DocumentVerdict.Temporary("gone"))
                                : written(items.size()))
                .index(drafts("a1 b1 c1"));

        assertThat(requests).containsExactly(List.of("a1"), List.of("b1"));
        assertThat(outcomes.getFirst()).isEqualTo(new Stored());
        assertThat(outcomes.subList(1, 3)).hasOnlyElementsOfType(Unavailable.class);
    }

    /// A store that behaves as Elasticsearch does: rejects what is marked bad, keeps the newest of the rest.
    @Property
    void batchLeavesTheStoreAsItsDocumentsOneByOneWould(@ForAll("histories") List<Versioned> history) {
        Map<String, Integer> inBatch = new HashMap<>();
        Map<String, Integer> oneByOne = new HashMap<>();
        List<Draft> drafts = history.stream().map(Versioned::draft).toList();

        List<Outcome> outcomes = new BatchIndexer(
                        batch -> keepNewest(batch, history, inBatch), () -> PREPARED, this.history, 600)
                .index(drafts);
        drafts.forEach(draft -> keepNewest(List.of(rendered(draft)), history, oneByOne));

        assertThat(inBatch).isEqualTo(oneByOne);
        assertThat(outcomes).hasSize(history.size());
        for (int i = 0; i < history.size(); i++) {
            assertThat(outcomes.get(i) instanceof Rejected)
                    .as("only what is bad or hidden by something newer")
                    .isEqualTo(history.get(i).bad() && !newerIsStored(history.get(i), inBatch));
        }
    }

    @Provide
    Arbitrary<List<Versioned>> histories() {
        return Combinators.combine(
                        Arbitraries.of("a", "b", "c"), Arbitraries.integers().between(1, 9))
                .as((id, version) -> new Versioned(id, version, version % 4 == 0))
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    record Versioned(String id, int version, boolean bad) {
        Draft draft() {
            return BatchIndexerTest.draft(id + version);
        }
    }

    private static boolean newerIsStored(Versioned item, Map<String, Integer> stored) {
        return stored.getOrDefault(item.id(), 0) > item.version();
    }

    private static BulkResult keepNewest(List<Document> batch, List<Versioned> history, Map<String, Integer> stored) {
        return new ByItem(batch.stream()
                .<DocumentVerdict>map(document -> {
                    int version = (int) document.position().lsn();
                    String id = document.target().id();
                    if (history.contains(new Versioned(id, version, true))) {
                        return new DocumentVerdict.Unstorable("bad");
                    }
                    return stored.merge(id, version, Math::max) == version ? WRITTEN : new DocumentVerdict.Newer(7);
                })
                .toList());
    }

    private List<Outcome> index(Function<String, DocumentVerdict> verdicts, String items) {
        return indexer(
                        10_000,
                        request -> new ByItem(request.stream().map(verdicts).toList()))
                .index(drafts(items));
    }

    /// Any verdict but `Written` fails the request as a whole.
    private List<Outcome> indexWhole(Function<List<String>, DocumentVerdict> verdict, String items) {
        return indexer(
                        10_000,
                        request -> verdict.apply(request) instanceof DocumentVerdict.Written
                                ? written(request.size())
                                : new AsOne(verdict.apply(request)))
                .index(drafts(items));
    }

    private BatchIndexer indexer(long maxBytes, Function<List<String>, BulkResult> answers) {
        return new BatchIndexer(
                documents -> {
                    List<String> items = documents.stream()
                            .map(document ->
                                    document.target().id() + document.position().lsn())
                            .toList();
                    requests.add(items);
                    return answers.apply(items);
                },
                () -> PREPARED,
                history,
                maxBytes);
    }

    private static BulkResult written(int documents) {
        return new ByItem(Collections.nCopies(documents, WRITTEN));
    }

    /// @param items drafts, separated by a space
    private static List<Draft> drafts(String items) {
        return Stream.of(items.split(" ")).map(BatchIndexerTest::draft).toList();
    }

    private static Position position(int version) {
        return new Position(0, version, version);
    }

    private static Document rendered(Draft draft) {
        return Document.of(draft, new Layout(Set.of()));
    }

    /// A draft by its id, one letter, and its version, one digit. An `x` marks a delete, whose row has a column `bad`.
    private static Draft draft(String item) {
        Position position = position(Integer.parseInt(item.substring(1, 2)));
        ObjectNode columns = JsonNodeFactory.instance.objectNode();
        return item.endsWith("x")
                ? Drafts.deleted("index", item.substring(0, 1), position, columns.put("bad", "NaN"))
                : Drafts.row("index", item.substring(0, 1), position, columns);
    }
}
