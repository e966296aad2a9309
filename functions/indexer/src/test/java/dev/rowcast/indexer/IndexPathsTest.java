package dev.rowcast.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.change.NeededColumns;
import dev.rowcast.change.debezium.ChangeDecoder;
import dev.rowcast.delivery.NaturalBatch;
import dev.rowcast.endpoint.trace.Delivery;
import dev.rowcast.indexer.bulk.BatchIndexer;
import dev.rowcast.indexer.bulk.BulkResult;
import dev.rowcast.indexer.bulk.DocumentVerdict;
import dev.rowcast.indexer.bulk.Preparation;
import dev.rowcast.indexer.bulk.SourceHistory;
import dev.rowcast.indexer.document.Draft;
import dev.rowcast.indexer.document.Layout;
import dev.rowcast.indexer.event.EventDecoder;
import dev.rowcast.indexer.indices.PreparedStore;
import dev.rowcast.indexer.tables.TablesFolder;
import dev.rowcast.outcome.Outcome;
import dev.rowcast.outcome.Rejected;
import dev.rowcast.outcome.Step;
import dev.rowcast.outcome.Stored;
import dev.rowcast.outcome.Unavailable;
import dev.rowcast.testkit.function.DebeziumEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexPathsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final String FAULT = "index is closed: open it";

    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final InstantSource clock = now::get;
    private final Set<String> closedIndices = ConcurrentHashMap.newKeySet();
    private final Set<String> busyIndices = ConcurrentHashMap.newKeySet();
    private final Set<String> written = ConcurrentHashMap.newKeySet();
    private Optional<IndexPaths> paths = Optional.empty();

    @AfterEach
    void close() {
        paths.ifPresent(IndexPaths::close);
    }

    @Test
    void newFileTakesEffectWithoutARestart() throws IOException {
        write("a");
        IndexPaths indexer = start();
        assertThat(indexer.problem()).isEmpty();
        assertThat(index(indexer, "a")).isEqualTo(new Stored());
        assertThat(index(indexer, "b")).isInstanceOf(Unavailable.class);

        write("b");
        assertThat(indexer.problem()).isEmpty();

        assertThat(index(indexer, "b")).isEqualTo(new Stored());
        assertThat(index(indexer, "a")).isEqualTo(new Stored());
        assertThat(written).containsExactlyInAnyOrder("index-a", "index-b");
    }

    @Test
    void changeIsStoredInTheHistoryOfItsTableToo() throws IOException {
        write("a");
        Files.writeString(
                folder.resolve("b.properties"),
                "schema=public\nkey=id\nsource.table=b\nsource.index=index-b\nsource.history=history-b\n");
        IndexPaths indexer = start();

        assertThat(index(indexer, "a")).isEqualTo(new Stored());
        assertThat(index(indexer, "b")).isEqualTo(new Stored());

        assertThat(written).containsExactlyInAnyOrder("index-a", "index-b", "history-b");
    }

    @Test
    void changeIsRetriedUntilBothOfItsDocumentsAreStored() throws IOException {
        Files.writeString(
                folder.resolve("b.properties"),
                "schema=public\nkey=id\nsource.table=b\nsource.index=index-b\nsource.history=history-b\n");
        IndexPaths indexer = start();

        for (String busy : Set.of("index-b", "history-b")) {
            busyIndices.add(busy);
            assertThat(index(indexer, "b")).as(busy).isInstanceOf(Unavailable.class);
            busyIndices.clear();
        }

        assertThat(index(indexer, "b")).isEqualTo(new Stored());
    }

    @Test
    void tableThatNoFileNamesIsRetriedAndWarnedAboutForAMinute() throws IOException {
        write("a");
        IndexPaths indexer = start();

        assertThat(index(indexer, "b"))
                .isEqualTo(Unavailable.untilChanged(
                        "changes of table public.b are not expected here, because no valid file in " + folder
                                + " names it"));

        assertThat(indexer.problem()).isEmpty();
        assertThat(indexer.warning())
                .hasValueSatisfying(warning -> assertThat(warning).contains("table public.b"));
        now.set(NOON.plusSeconds(61));
        assertThat(indexer.problem()).isEmpty();
        assertThat(indexer.warning()).isEmpty();
    }

    @Test
    void faultyFileConcernsItsOwnTable() throws IOException {
        write("a");
        Files.writeString(folder.resolve("b.properties"), "schema=public\nkey=id\nsource.table=b\n");
        IndexPaths indexer = start();

        assertThat(indexer.problem()).isEmpty();
        assertThat(indexer.warning()).contains("b.properties: source.index is missing");
        assertThat(index(indexer, "a")).isEqualTo(new Stored());
        assertThat(index(indexer, "b"))
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        wait -> assertThat(wait.message()).endsWith("b.properties: source.index is missing"));
    }

    @Test
    void indexThatTakesNoDocumentsStopsItsOwnTableOnly() throws IOException {
        write("a");
        write("b");
        closedIndices.add("index-b");
        IndexPaths indexer = start();

        assertThat(indexer.problem()).isEmpty();
        assertThat(indexer.warning()).contains(FAULT);
        assertThat(index(indexer, "a")).isEqualTo(new Stored());
        assertThat(index(indexer, "b")).isEqualTo(Unavailable.untilChanged(FAULT));

        closedIndices.clear();
        assertThat(indexer.problem()).isEmpty();
        assertThat(indexer.warning()).isEmpty();
        assertThat(index(indexer, "b")).isEqualTo(new Stored());
    }

    @Test
    void functionIsNotReadyWhileNoTableCanBeIndexed() throws IOException {
        IndexPaths indexer = start();
        assertThat(indexer.problem()).contains("no file in " + folder);

        Files.writeString(folder.resolve("a.properties"), "");
        assertThat(indexer.problem()).contains("a.properties: schema is missing");

        write("a");
        closedIndices.add("index-a");
        assertThat(indexer.problem()).contains(FAULT);

        closedIndices.clear();
        assertThat(indexer.problem()).isEmpty();
    }

    @Test
    void functionIsNotReadyWhileTheIndexOfTheCasesTakesNoDocuments() throws IOException {
        write("a");
        closedIndices.add("cases");

        assertThat(start().problem()).contains(FAULT);
    }

    @Test
    void caseOfAnActionIsStoredInTheIndexThatItsTablesFileNames() throws IOException {
        write("a");
        IndexPaths indexer = start();
        assertThat(indexCase(indexer, "com.example.a.opened")).isInstanceOf(Rejected.class);

        Files.writeString(folder.resolve("a.properties"), """
                schema=public
                key=id
                source.table=a
                source.index=index-a
                cases.type=com.example.a
                cases.index=cases-a
                """);
        assertThat(indexer.problem()).isEmpty();

        assertThat(indexCase(indexer, "com.example.a.opened")).isEqualTo(new Stored());
        assertThat(written).containsExactly("cases-a");
    }

    @Test
    void removedFileEndsTheIndexingOfItsTable() throws IOException {
        write("a");
        write("b");
        IndexPaths indexer = start();
        assertThat(index(indexer, "b")).isEqualTo(new Stored());

        Files.delete(folder.resolve("b.properties"));
        assertThat(indexer.problem()).isEmpty();

        assertThat(index(indexer, "b")).isInstanceOf(Unavailable.class);
        assertThat(index(indexer, "a")).isEqualTo(new Stored());
    }

    private void write(String table) throws IOException {
        Files.writeString(
                folder.resolve(table + ".properties"),
                "schema=public%nkey=id%nsource.table=%s%nsource.index=index-%s%n".formatted(table, table));
    }

    private IndexPaths start() {
        IndexPaths started = new IndexPaths(
                new TablesFolder(folder, "cases"),
                this::lane,
                tables -> new EventDecoder(
                        new ChangeDecoder(0, tables.keyColumns(), NeededColumns.ALL.unlessDeleted()),
                        tables.caseKeys()),
                clock);
        paths = Optional.of(started);
        return started;
    }

    private Lane lane(String name, Set<String> indices) {
        PreparedStore store = new PreparedStore(
                documents -> {
                    documents.forEach(document -> written.add(document.target().index()));
                    return new BulkResult.ByItem(documents.stream()
                            .<DocumentVerdict>map(document ->
                                    busyIndices.contains(document.target().index())
                                            ? new DocumentVerdict.Temporary("busy")
                                            : new DocumentVerdict.Written(20_000))
                            .toList());
                },
                () -> indices.stream().anyMatch(closedIndices::contains)
                        ? new Preparation.Blocked(new DocumentVerdict.Misconfigured(FAULT))
                        : new Preparation.Ready(indices.stream()
                                .collect(Collectors.toMap(
                                        Function.identity(),
                                        _ -> new Preparation.Index("uuid", new Layout(Set.of()))))),
                _ -> Optional.of("uuid"),
                clock);
        BatchIndexer indexer = new BatchIndexer(store, store::preparation, new SourceHistory(clock), 1 << 20);
        return new Lane(name, store, new NaturalBatch<>("index", 16, 16, 1, indexer::index));
    }

    private static Outcome index(IndexPaths paths, String table) {
        IndexPath path = paths.current();
        byte[] event =
                TableEvents.update(table, 7, DebeziumEvent.columns("{'id': 1}")).getBytes(StandardCharsets.UTF_8);
        return switch (path.change(event, Delivery.untraced(""))) {
            case Step.Next<Draft>(Draft draft) -> path.submit(draft).join();
            case Step.End<Draft>(Outcome outcome) -> outcome;
        };
    }

    private static Outcome indexCase(IndexPaths paths, String type) {
        IndexPath path = paths.current();
        byte[] event = """
                {"id": "1", "opened_at": "2026-03-01T12:00:00Z", "position": {"epoch": 0, "commit": 7, "lsn": 7}}""".getBytes(StandardCharsets.UTF_8);
        return switch (path.caseUpdate(type, event, Delivery.untraced(""))) {
            case Step.Next<Draft>(Draft draft) -> path.submit(draft).join();
            case Step.End<Draft>(Outcome outcome) -> outcome;
        };
    }
}
