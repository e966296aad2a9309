package dev.rowcast.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowcast.peers.contender.Contender;
import dev.rowcast.peers.load.SourceChange;
import dev.rowcast.peers.load.Workload;
import dev.rowcast.peers.measure.Figures;
import dev.rowcast.peers.measure.Metric;
import dev.rowcast.peers.measure.PhaseLatencies;
import dev.rowcast.peers.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadAndReportTest {

    @Test
    void keyOfAMeasuredChangeNamesItsOperation() {
        List<SourceChange> changes = Workload.measured("p-", 1_000);

        assertThat(changes).extracting(SourceChange::key).doesNotHaveDuplicates();
        assertThat(changes)
                .filteredOn(change -> change.key().endsWith("~d"))
                .hasSize(100)
                .allSatisfy(change -> assertThat(change.kind()).isEqualTo(SourceChange.Kind.DELETE));
        assertThat(Workload.rowsBefore(changes))
                .hasSize((int) changes.stream()
                        .filter(change -> !change.key().endsWith("~c"))
                        .count())
                .allSatisfy(change -> assertThat(change.kind()).isEqualTo(SourceChange.Kind.UPSERT));
    }

    @Test
    void contestedChangesAreTheSameForEveryContender() {
        assertThat(Workload.contested("p-", 100, 1)).isEqualTo(Workload.contested("p-", 100, 1));
    }

    @Test
    void missingResultIsAnInfiniteLatency() {
        PhaseLatencies latencies = new PhaseLatencies(3, Double.POSITIVE_INFINITY, 1, 2);

        assertThat(latencies.quantile(0)).isEqualTo(1);
        assertThat(latencies.quantile(0.5)).isEqualTo(2);
        assertThat(latencies.quantile(1)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void unknownContenderIsRefused() {
        assertThat(Contender.of("flink, rowcast")).containsExactly(Contender.FLINK, Contender.ROWCAST);
        assertThatThrownBy(() -> Contender.of("storm"))
                .hasMessageContaining("storm")
                .hasMessageContaining("flink");
    }

    @Test
    void reportReplacesTheTableOfItsDocument(@TempDir Path folder) throws IOException {
        Figures figures = new Figures("Flink");
        figures.put(Metric.LOST, 0);
        figures.put(10, new PhaseLatencies(12, 34));
        Path document = folder.resolve("benchmark.md");
        Files.writeString(document, """
                before
                <!-- results: written by make bench-peers OUT=docs/benchmark -->
                of the last run
                <!-- end of the results -->
                after
                """);

        new Report(1_000, List.of(10), List.of(figures)).writeTo(folder.resolve("benchmark"));

        assertThat(Files.readString(document))
                .startsWith("before\n")
                .endsWith("after\n")
                .contains("| commit → result, 10 changes/s, p50 | ms | 12 |", "| kill -9: lost | rows | 0 |")
                .doesNotContain("of the last run");
        assertThat(folder.resolve("benchmark/results.json")).content().contains("\"Flink\"");
        assertThat(folder.resolve("benchmark/latency-p50.svg")).content().contains("<svg", "Flink");
    }
}
