package dev.rowcast.predictor.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.drift.Bins;
import dev.rowcast.drift.LiveCounts;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.predictor.SourceEvents;
import dev.rowcast.predictor.store.BatchPredictor;
import dev.rowcast.predictor.store.Predictions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Live counts on their way from committed predictions to the table and the metrics.
@Timeout(300)
class DriftIT {

    private static final int MANY = 300;

    private static Predictions predictions;
    private static ModelContract contract;
    private static Bins bins;

    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final LiveCounts counts = new LiveCounts(bins);
    private final DriftRecorder keeper = keeper(counts);
    private final BatchPredictor predictor = predictions.predictor(contract, store -> new CountingStore(store, counts));

    @BeforeAll
    static void start(@TempDir Path folder) {
        predictions = Predictions.start(folder);
        contract = predictions.scorer().contract();
        bins = Bins.of(contract);
    }

    @AfterAll
    static void stop() {
        predictions.close();
    }

    @AfterEach
    void empty() throws SQLException {
        predictions.execute("TRUNCATE rowcast_drift; TRUNCATE person_churn_history_captured");
    }

    @Test
    void onlyStoredPredictionsAreCountedAndEachOnce() throws SQLException {
        predict(SourceEvents.insert(10, SourceEvents.row("a")), SourceEvents.insert(10, SourceEvents.row("b")));
        predict(SourceEvents.insert(10, SourceEvents.row("a")), SourceEvents.insert(9, SourceEvents.row("b")));
        predict(SourceEvents.delete(11, SourceEvents.row("a")));

        assertThat(keeper.merge()).isTrue();

        assertThat(total()).isEqualTo(2L * columns());
    }

    @Test
    void allInstancesAddToOneRowOfTheDay() throws Exception {
        List<Thread> instances = new ArrayList<>();
        for (int instance = 0; instance < 8; instance++) {
            String name = "instance-" + instance + "-";
            instances.add(Thread.ofPlatform().start(() -> {
                LiveCounts own = new LiveCounts(bins);
                DriftRecorder its = keeper(own);
                BatchPredictor one = predictions.predictor(contract, store -> new CountingStore(store, own));
                for (int i = 0; i < 10; i++) {
                    predictions.predict(one, 0, SourceEvents.insert(10, SourceEvents.row(name + i)));
                    assertThat(its.merge()).isTrue();
                }
            }));
        }
        for (Thread instance : instances) {
            instance.join();
        }

        assertThat(predictions.rows("SELECT FROM rowcast_drift")).hasSize(1);
        assertThat(total()).isEqualTo(80L * columns());
    }

    @Test
    void aMergeWhoseAnswerWasLostIsNotAddedTwice() throws SQLException {
        DriftTable table = table();
        Merge merge = merge(today());

        table.add(merge);
        table.add(merge(today()));
        table.add(merge);

        assertThat(total()).isEqualTo(2L * bins.size());
    }

    @Test
    void whatPostgresDoesNotTakeIsKeptUntilItDoes() throws SQLException {
        predict(SourceEvents.insert(10, SourceEvents.row("a")));
        predictions.execute("REVOKE INSERT ON rowcast_drift FROM predictor");
        assertThat(keeper.merge()).isFalse();
        predict(SourceEvents.insert(10, SourceEvents.row("b")));
        assertThat(keeper.merge()).isFalse();

        predictions.execute("GRANT INSERT ON rowcast_drift TO predictor");

        assertThat(keeper.merge()).isTrue();
        assertThat(total()).isEqualTo(2L * columns());
    }

    @Test
    void countsThatAreStoredAreNotCalledLostWhenTheShiftsCannotBeRead() throws SQLException {
        predict(SourceEvents.insert(10, SourceEvents.row("a")));
        // Days before the first one that Postgres knows: it refuses the query, after the counts are in.
        DriftRecorder reader = new DriftRecorder(
                counts,
                table(),
                settings(Duration.ofHours(1), 3_000_000),
                Clock.systemUTC(),
                shifts -> assertThat(shifts).as("shifts of no days").isNull());

        assertThat(reader.merge()).isTrue();
        assertThat(total()).isEqualTo(columns());
    }

    @Test
    void mergingGoesOnAfterAFaultOfTheProgram() throws Exception {
        CountDownLatch tries = new CountDownLatch(2);
        DriftRecorder faulty =
                new DriftRecorder(counts, table(), settings(Duration.ofMillis(10), 7), Clock.systemUTC(), shifts -> {
                    tries.countDown();
                    throw new IllegalStateException("no such gauge");
                });
        predict(SourceEvents.insert(10, SourceEvents.row("first")));
        faulty.start();
        while (tries.getCount() > 1) {
            Thread.onSpinWait();
        }

        predict(SourceEvents.insert(10, SourceEvents.row("second")));

        tries.await();
        faulty.close();
        assertThat(total()).isEqualTo(2L * columns());
    }

    @Test
    void changesAreStoredWhetherTheCountsCanBeOrNot() throws SQLException {
        predictions.execute("ALTER TABLE rowcast_drift RENAME TO gone");
        try {
            predict(SourceEvents.insert(10, SourceEvents.row("a")));

            assertThat(keeper.merge()).isFalse();
            assertThat(predictions.rows("SELECT FROM person_churn_history_captured"))
                    .hasSize(1);
        } finally {
            predictions.execute("ALTER TABLE gone RENAME TO rowcast_drift");
        }
    }

    @Test
    void metricNamesTheColumnsThatMovedAndSaysNothingBeforeItKnows() {
        predict(SourceEvents.insert(10, SourceEvents.row("first")));
        keeper.merge();
        assertThat(metrics.find("rowcast.drift.psi").gauges()).isEmpty();
        assertThat(gauge("rowcast.drift.rows", "tenure")).isEqualTo(1);

        // Everybody is new and pays by electronic check.
        predict(IntStream.range(0, MANY)
                .mapToObj(i -> SourceEvents.insert(10, SourceEvents.row("new-" + i)))
                .toArray(String[]::new));
        keeper.merge();

        assertThat(gauge("rowcast.drift.rows", "tenure")).isEqualTo(MANY + 1);
        assertThat(gauge("rowcast.drift.psi", "tenure")).isGreaterThan(1);
        assertThat(gauge("rowcast.drift.psi", "paymentmethod")).isGreaterThan(1);
        assertThat(gauge("rowcast.drift.psi", "churn_probability")).isGreaterThan(1);
    }

    @Test
    void shiftIsToldOfTheDaysOfTheWindowOnly() {
        table().add(merge(today().minusDays(7)));
        table().add(merge(today().minusDays(6)));
        predict(SourceEvents.insert(10, SourceEvents.row("a")));

        keeper.merge();

        int binsOfContract = 3 + 2;
        assertThat(gauge("rowcast.drift.rows", "contract")).isEqualTo(binsOfContract + 1);
    }

    @Test
    void anotherModelHasARowOfItsOwn() throws SQLException {
        table().add(merge(today()));
        new DriftTable(predictions.connection(), "churn-other", bins).add(merge(today()));

        assertThat(predictions.rows("SELECT FROM rowcast_drift")).hasSize(2);
    }

    private DriftRecorder keeper(LiveCounts of) {
        return DriftRecorder.of(contract, of, predictions.connection(), settings(Duration.ofHours(1), 7), metrics);
    }

    private static DriftSettings settings(Duration interval, int windowDays) {
        return new DriftSettings() {
            @Override
            public Duration interval() {
                return interval;
            }

            @Override
            public int windowDays() {
                return windowDays;
            }
        };
    }

    private static DriftTable table() {
        return new DriftTable(predictions.connection(), contract.model().version(), bins);
    }

    /// One in every bin.
    private static Merge merge(LocalDate day) {
        long[] ones = new long[bins.size()];
        Arrays.fill(ones, 1);
        return Merge.of(day, ones);
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    private void predict(String... events) {
        predictions.predict(predictor, 0, events);
    }

    /// Features and probability.
    private static int columns() {
        return contract.features().size() + 1;
    }

    private static long total() throws SQLException {
        return Long.parseLong(predictions
                .rows("SELECT sum(n) AS n FROM rowcast_drift, unnest(counts) AS n")
                .getFirst()
                .get("n"));
    }

    private double gauge(String name, String column) {
        return Stream.of(metrics.find(name).tag("column", column).gauge())
                .mapToDouble(Gauge::value)
                .findFirst()
                .orElseThrow();
    }
}
