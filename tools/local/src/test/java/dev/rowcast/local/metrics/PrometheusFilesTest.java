package dev.rowcast.local.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.monitoring.Alert;
import dev.rowcast.testkit.monitoring.Monitoring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Prometheus reads beside a local run.
class PrometheusFilesTest {

    private static final Checkout CHECKOUT = Checkout.find();
    private static final Monitoring MONITORING = Monitoring.read(CHECKOUT.root());

    @TempDir
    Path folder;

    private PrometheusFiles files;

    @BeforeEach
    void write() {
        files = new PrometheusFiles(folder);
        files.write(MONITORING);
    }

    @Test
    void targetsAreTheFunctionsThatRun() throws IOException {
        assertThat(targets()).isEmpty();

        files.writeTargets(Map.of("predictor", OptionalInt.of(4711), "indexer", OptionalInt.empty()));

        assertThat(targets()).singleElement().satisfies(target -> {
            assertThat(target.at("/targets/0").asText()).isEqualTo("127.0.0.1:4711");
            assertThat(target.at("/labels/container").asText()).isEqualTo("predictor");
        });
    }

    @Test
    void pageListsEveryAlertWithTheSeriesThatItReads() throws IOException {
        assertThat(Files.readString(files.pages().resolve("alerts.html")))
                .contains(MONITORING.alerts().stream().map(Alert::name).toList())
                .contains("(args \"RowcastContractRejected\" \"rowcast_precondition\")")
                .doesNotContain("<!-- alerts -->");
    }

    @Test
    void prometheusAcceptsTheConfiguration() throws Exception {
        Ended found = run(List.of(CHECKOUT.resolve("scripts/promtool").toString(), "path"));
        if (found.code() != 0) {
            System.out.println("PrometheusFilesTest is skipped: " + found.printed());
        }
        assumeTrue(found.code() == 0, found.printed());

        Ended check = run(List.of(
                found.printed(), "check", "config", files.configuration().toString()));

        assertThat(check.code()).as(check.printed()).isZero();
        assertThat(check.printed()).contains(MONITORING.alerts().size() + " rules found");
    }

    private JsonNode targets() throws IOException {
        return new JsonMapper().readTree(folder.resolve("targets.json").toFile());
    }

    private record Ended(int code, String printed) {}

    private Ended run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        return new Ended(process.waitFor(), printed);
    }
}
