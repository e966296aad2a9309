package dev.rowcast.peers;

import dev.rowcast.peer.PeerSettings;
import dev.rowcast.peers.bed.GroupOffsets;
import dev.rowcast.peers.bed.ResultTables;
import dev.rowcast.peers.bed.TestStations;
import dev.rowcast.peers.contender.Contender;
import dev.rowcast.peers.contender.ContenderProcess;
import dev.rowcast.peers.load.SourceWriter;
import dev.rowcast.peers.load.Workload;
import dev.rowcast.peers.measure.Figures;
import dev.rowcast.testkit.folder.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One run: first the backfill of every contender, from the same records; then its live phases.
///
/// @param folder with the data of this run
/// @param stations running
/// @param offsets of the topic
public record BenchRun(BenchPlan plan, Path folder, TestStations stations, GroupOffsets offsets)
        implements AutoCloseable {

    /// Prefix of the keys of the backfill.
    static final String BACKFILL = "backfill-";

    /// Starts the test bed.
    public static BenchRun start(BenchPlan plan, Checkout checkout) throws IOException, SQLException {
        Path folder = Files.createTempDirectory(Files.createDirectories(checkout.resolve(".rowcast")), "peers-");
        Progress.line("Starting Postgres, Kafka and Debezium in " + folder);
        TestStations stations = TestStations.start(checkout, folder.resolve("data"));
        return new BenchRun(
                plan, folder, stations, GroupOffsets.connect(stations.kafka().address(), stations.topic()));
    }

    /// Measures everything.
    ///
    /// @return the figures of each contender, in the order of the plan
    public List<Figures> measure() throws Exception {
        ResultTables tables = new ResultTables(stations.database());
        tables.createLog();
        Map<Contender, Figures> figures = new LinkedHashMap<>();
        for (Contender contender : plan.contenders()) {
            figures.put(contender, new Figures(contender.title()));
            if (contender == Contender.ROWCAST) {
                try (ContenderProcess training = start(contender, "train", "train")) {
                    training.awaitEnd();
                }
            } else {
                tables.create(contender.table());
            }
        }
        Map<Integer, Long> begin = writeBackfill();
        for (Contender contender : plan.contenders()) {
            new Backfill(this, contender).measure(begin, figures.get(contender));
            tables.clear(contender.table());
        }
        for (Contender contender : plan.contenders()) {
            new LivePhases(this, contender, tables).measure(figures.get(contender));
        }
        return new ArrayList<>(figures.values());
    }

    private Map<Integer, Long> writeBackfill() throws SQLException, InterruptedException {
        Map<Integer, Long> begin = offsets.end();
        long before = offsets.records();
        Progress.line("Writing " + plan.changes() + " changes for the backfill");
        try (SourceWriter writer = new SourceWriter(stations.postgres().jdbcUrl("app"))) {
            Workload.writeBackfill(writer, BACKFILL, plan.changes());
        }
        while (offsets.records() < before + plan.changes()) {
            Thread.sleep(200);
        }
        return begin;
    }

    /// Starts a contender whose state is kept in a folder of its own for each phase.
    ///
    /// @param phase part of the names of its group and of its folder
    ContenderProcess start(Contender contender, String phase, String... arguments) {
        Path state = folder.resolve(contender.id() + "-" + phase);
        PeerSettings settings = new PeerSettings(
                stations.kafka().address(),
                stations.topic(),
                group(contender, phase),
                stations.postgres().jdbcUrl("predictor"),
                contender.table(),
                model(),
                state,
                plan.guarded());
        return ContenderProcess.start(contender, stations, settings, folder.resolve("logs"), arguments);
    }

    /// The consumer group of a phase.
    String group(Contender contender, String phase) {
        return "bench." + contender.id() + "." + phase;
    }

    /// The ONNX file.
    Path model() {
        return stations.checkout().resolve("trainer-notebook/model/churn.onnx");
    }

    @Override
    public void close() {
        try (stations) {
            offsets.close();
        } finally {
            Progress.line("Data and logs: " + folder + " (make clean-data removes them)");
        }
    }
}
