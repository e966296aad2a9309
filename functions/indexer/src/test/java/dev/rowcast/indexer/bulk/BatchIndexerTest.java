package dev.rowcast.indexer.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rowcast.change.Position;
import dev.rowcast.change.Reason;
import dev.rowcast.change.Rejected;
import dev.rowcast.change.Skipped;
import dev.rowcast.delivery.Outcome;
import dev.rowcast.delivery.Stored;
import dev.rowcast.delivery.Unavailable;
import dev.rowcast.indexer.bulk.BulkAnswer.AsOne;
import dev.rowcast.indexer.bulk.BulkAnswer.ByItem;
import dev.rowcast.indexer.document.Document;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private final List<List<String>> requests = new ArrayList<>();

    @Test
    void eachDocumentIsAnsweredByItsOwnItem() {
        List<Outcome> outcomes = index(
                item -> switch (item) {
                    case "a1" -> new Verdict.Written();
                    case "b1" -> new Verdict.Newer();
                    case "c1" -> new Verdict.Unstorable("no number");
                    case "d1" -> new Verdict.Unavailable("busy");
                    default -> new Verdict.Misconfigured("no index");
                },
                "a1",
                "b1",
                "c1",
                "d1",
                "e1");

        assertThat(outcomes.subList(0, 3))
                .containsExactly(
                        new Stored(new Position(0, 1, 1)),
                        new Skipped("stale"),
                        new Rejected(Reason.NOT_STORABLE, "index index: no number"));
        assertThat(outcomes.subList(3, 5)).hasOnlyElementsOfType(Unavailable.class);
        assertThat(outcomes.get(3)).asString().contains("busy");
        assertThat(outcomes.get(4)).asString().contains("no index");
    }

    @Test
    void onlyTheNewestVersionOfATargetIsSent() {
        List<Outcome> outcomes = index(item -> new Verdict.Written(), "a3", "b1", "a9", "a5");

        assertThat(requests).containsExactly(List.of("a9", "b1"));
        assertThat(outcomes)
                .containsExactly(
                        new Skipped("stale"),
                        new Stored(new Position(0, 1, 1)),
                        new Stored(new Position(0, 9, 9)),
                        new Skipped("stale"));
    }

    @Test
    void olderVersionTakesThePlaceOfANewerOneThatIsAtFault() {
        List<Outcome> outcomes = index(
                item -> item.equals("a9") ? new Verdict.Unstorable("no number") : new Verdict.Written(),
                "a3",
                "a9",
                "a5",
                "b1");

        assertThat(requests).containsExactly(List.of("a9", "b1"), List.of("a5"));
        assertThat(outcomes)
                .containsExactly(
                        new Skipped("stale"),
                        new Rejected(Reason.NOT_STORABLE, "index index: no number"),
                        new Stored(new Position(0, 5, 5)),
                        new Stored(new Position(0, 1, 1)));
    }

    @Test
    void versionsBelowOneThatIsUnavailableWaitWithIt() {
        List<Outcome> outcomes = index(item -> new Verdict.Unavailable("busy"), "a3", "a9");

        assertThat(requests).containsExactly(List.of("a9"));
        assertThat(outcomes).hasOnlyElementsOfType(Unavailable.class);
    }

    @Test
    void requestThatIsTooLargeIsHalvedDownToTheDocumentAtFault() {
        List<Outcome> outcomes = indexWhole(
                items -> items.contains("c1") ? new Verdict.TooLarge("over the limit") : new Verdict.Written(),
                "a1",
                "b1",
                "c1",
                "d1",
                "e1");

        assertThat(outcomes.get(2)).isEqualTo(new Rejected(Reason.TOO_LARGE, "index index: over the limit"));
        assertThat(outcomes).filteredOn(Stored.class::isInstance).hasSize(4);
    }

    @Test
    void requestThatIsNotUnderstoodIsHalvedDownToTheDocumentAtFault() {
        List<Outcome> outcomes = indexWhole(
                items -> items.contains("a1") ? new Verdict.Unstorable("not understood") : new Verdict.Written(),
                "a1",
                "b1",
                "c1");

        assertThat(outcomes)
                .containsExactly(
                        new Rejected(Reason.NOT_STORABLE, "index index: not understood"),
                        new Stored(new Position(0, 1, 1)),
                        new Stored(new Position(0, 1, 1)));
    }

    @Test
    void requestThatFailsAsAWholeEndsTheBatch() {
        List<Outcome> outcomes = indexWhole(items -> new Verdict.Unavailable("nobody there"), "a1", "b1", "c1", "d1");

        assertThat(requests).hasSize(1);
        assertThat(outcomes).hasSize(4).hasOnlyElementsOfType(Unavailable.class);
    }

    @Test
    void requestsStayBelowTheLimitButASingleDocumentMayExceedIt() {
        int size = document("a1").size();

        indexer(2L * size, items -> written(items.size())).index(documents("a1", "b1", "c1", "d1", "e1"));
        indexer(size - 1L, items -> written(items.size())).index(documents("f1", "g1"));

        assertThat(requests)
                .containsExactly(List.of("a1", "b1"), List.of("c1", "d1"), List.of("e1"), List.of("f1"), List.of("g1"));
    }

    @Test
    void requestsAfterTheFailedOneAreNotTried() {
        int size = document("a1").size();

        List<Outcome> outcomes = indexer(
                        size,
                        items -> items.contains("b1")
                                ? new AsOne(new Verdict.Unavailable("gone"))
                                : written(items.size()))
                .index(documents("a1", "b1", "c1"));

        assertThat(requests).containsExactly(List.of("a1"), List.of("b1"));
        assertThat(outcomes.getFirst()).isEqualTo(new Stored(new Position(0, 1, 1)));
        assertThat(outcomes.subList(1, 3)).hasOnlyElementsOfType(Unavailable.class);
    }

    /// A store that behaves as Elasticsearch does: rejects what is marked bad, keeps the newest of the rest.
    @Property
    void batchLeavesTheStoreAsItsDocumentsOneByOneWould(@ForAll("histories") List<Versioned> history) {
        Map<String, Integer> inBatch = new HashMap<>();
        Map<String, Integer> oneByOne = new HashMap<>();
        List<Document> documents = history.stream().map(Versioned::document).toList();

        List<Outcome> outcomes = new BatchIndexer(batch -> keepNewest(batch, history, inBatch), 300).index(documents);
        documents.forEach(document -> keepNewest(List.of(document), history, oneByOne));

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
        Document document() {
            return BatchIndexerTest.document(id + version);
        }
    }

    private static boolean newerIsStored(Versioned item, Map<String, Integer> stored) {
        return stored.getOrDefault(item.id(), 0) > item.version();
    }

    private static BulkAnswer keepNewest(List<Document> batch, List<Versioned> history, Map<String, Integer> stored) {
        return new ByItem(batch.stream()
                .<Verdict>map(document -> {
                    int version = (int) document.position().lsn();
                    String id = document.target().id();
                    if (history.contains(new Versioned(id, version, true))) {
                        return new Verdict.Unstorable("bad");
                    }
                    return stored.merge(id, version, Math::max) == version
                            ? new Verdict.Written()
                            : new Verdict.Newer();
                })
                .toList());
    }

    private List<Outcome> index(Function<String, Verdict> verdicts, String... items) {
        return indexer(
                        10_000,
                        request -> new ByItem(request.stream().map(verdicts).toList()))
                .index(documents(items));
    }

    /// Any verdict but `Written` fails the request as a whole.
    private List<Outcome> indexWhole(Function<List<String>, Verdict> verdict, String... items) {
        return indexer(
                        10_000,
                        request -> verdict.apply(request) instanceof Verdict.Written
                                ? written(request.size())
                                : new AsOne(verdict.apply(request)))
                .index(documents(items));
    }

    private BatchIndexer indexer(long maxBytes, Function<List<String>, BulkAnswer> answers) {
        return new BatchIndexer(
                documents -> {
                    List<String> items = documents.stream()
                            .map(document ->
                                    document.target().id() + document.position().lsn())
                            .toList();
                    requests.add(items);
                    return answers.apply(items);
                },
                maxBytes);
    }

    private static BulkAnswer written(int documents) {
        return new ByItem(Collections.nCopies(documents, new Verdict.Written()));
    }

    private static List<Document> documents(String... items) {
        return Stream.of(items).map(BatchIndexerTest::document).toList();
    }

    /// A document by its id, one letter, and its version, one digit.
    private static Document document(String item) {
        return (Document) Document.of(
                new Document.Target("index", item.substring(0, 1)),
                new Position(0, Integer.parseInt(item.substring(1)), Integer.parseInt(item.substring(1))),
                JsonNodeFactory.instance.objectNode());
    }
}
