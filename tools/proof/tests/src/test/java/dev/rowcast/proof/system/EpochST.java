package dev.rowcast.proof.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.local.knative.source.SourceCounts;
import dev.rowcast.local.run.RunOverrides;
import dev.rowcast.local.run.RunSettings;
import dev.rowcast.local.run.Stations;
import dev.rowcast.proof.audit.IndependentScorer;
import dev.rowcast.proof.audit.KafkaRecords;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/// The database is lost and restored into a new cluster with a new WAL; Kafka and Elasticsearch keep their
/// data (decision 006).
class EpochST extends WithSystem {

    private static final String SOURCE = "person_churn_history";
    private static final String CAPTURED = "person_churn_history_captured";

    private static IndependentScorer scorer;
    private static long lowestPosition;

    /// Runs a system with changes of all kinds, backs it up, changes more rows, and restores the backup.
    @BeforeAll
    static void loseTheDatabaseAndRestoreIt() throws Exception {
        start(0);
        scorer = new IndependentScorer(MODEL, system.contract());
        advanceTheWal();
        stores.insert("LIKELY", "Month-to-month", 1);
        stores.insert("LIKELY-TOO", "Month-to-month", 1);
        stores.insert("OVERTAKEN", "Two year", 70);
        stores.insert("GONE", "Two year", 70);
        awaitNoDifferences();
        stores.execute("DELETE FROM person_churn_history WHERE customerid = 'GONE'");
        awaitNoDifferences();
        assertThat(stores.caseOf("LIKELY")).isEqualTo("open 1");
        lowestPosition = stores.count("SELECT min(source_lsn) FROM person_churn_history_captured");

        Backup backup = Backup.of(system.stations().postgres(), List.of(SOURCE, CAPTURED, "retention_case"));
        stores.execute("UPDATE person_churn_history SET tenure = 71 WHERE customerid = 'OVERTAKEN'");
        stores.insert("AFTER-BACKUP", "Two year", 70);
        awaitNoDifferences();
        deleteWithOffsets("churn", "outbox");
        system.close();

        backup.restoreInto(folder.resolve("data/postgres"));
        start(0);
    }

    @AfterAll
    static void closeScorer() throws Exception {
        scorer.close();
    }

    @Test
    @Order(1)
    void withoutAHigherEpochEachFunctionIsNotReadyAndStoresNothing() throws Exception {
        assertThat(stores.lsn()).isLessThan(lowestPosition);
        FunctionReadiness predictor = new FunctionReadiness(system, "predictor");
        FunctionReadiness retention = new FunctionReadiness(system, "retention");
        FunctionReadiness indexer = new FunctionReadiness(system, "indexer");

        stores.execute(
                "UPDATE person_churn_history SET contract = 'Two year', tenure = 60 WHERE customerid = 'LIKELY'");
        stores.insert("MARKER", "Two year", 70);
        predictor.awaitNotReady("path", "ROWCAST_SOURCE_EPOCH is 0, ");
        retention.awaitNotReady("path", "ROWCAST_SOURCE_EPOCH is 0, ");
        indexer.awaitRefusal("ROWCAST_SOURCE_EPOCH");

        await().atMost(TIMEOUT).until(() -> delivery("predictor").retried() > 0);
        assertThat(delivery("predictor").delivered()).isZero();
        assertThat(stores.captured("operation", "MARKER")).isEmpty();
        assertThat(stores.captured("contract", "LIKELY")).isEqualTo("Month-to-month");
        assertThat(stores.document(SOURCE, "LIKELY").path("contract").asText()).isEqualTo("Month-to-month");
        assertThat(stores.document(CAPTURED, "LIKELY").path("contract").asText())
                .isEqualTo("Month-to-month");
        assertThat(stores.caseOf("LIKELY")).isEqualTo("open 1");
    }

    @Test
    @Order(2)
    void withAHigherEpochNewChangesWinInEveryStore() throws Exception {
        system.close();
        start(1);

        stores.execute("UPDATE person_churn_history SET tenure = 61 WHERE customerid = 'LIKELY'");
        await().atMost(TIMEOUT).untilAsserted(() -> {
            assertThat(stores.captured("concat_ws(' ', contract, tenure, source_epoch)", "LIKELY"))
                    .isEqualTo("Two year 61 1");
            assertThat(stores.caseOf("LIKELY")).isEqualTo("closed 1 below-threshold");
            for (String index : List.of(SOURCE, CAPTURED)) {
                JsonNode document = stores.document(index, "LIKELY");
                assertThat(document.path("contract").asText()).isEqualTo("Two year");
                assertThat(document.path("tenure").asInt()).isEqualTo(61);
                assertThat(document.at("/rowcast/epoch").asInt()).isEqualTo(1);
            }
            JsonNode ofTheCase = stores.document("retention_case", "LIKELY");
            assertThat(ofTheCase.path("status").asText()).isEqualTo("closed");
            assertThat(ofTheCase.at("/rowcast/epoch").asInt()).isEqualTo(1);
        });
    }

    @Test
    @Order(3)
    void snapshotOfBothTablesCorrectsTheUnchangedRows() throws Exception {
        stores.superuser(
                "INSERT INTO rowcast_signal VALUES ('restored', 'execute-snapshot', '{\"type\": \"incremental\","
                        + " \"data-collections\": [\"public.person_churn_history\", \"public.person_churn_history_captured\"]}')");

        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(stores.audit(scorer).differences())
                        .containsExactly(
                                "index person_churn_history, AFTER-BACKUP: is not marked deleted, and there is no such row",
                                "index person_churn_history_captured, AFTER-BACKUP: is not marked deleted,"
                                        + " and there is no such row"));
    }

    @Test
    @Order(4)
    void remainingDocumentsOfTheOldEpochHaveNoRow() throws Exception {
        for (String index : List.of(SOURCE, CAPTURED)) {
            JsonNode left =
                    elasticsearch("POST", index + "/_search", "{\"query\":{\"range\":{\"rowcast.epoch\":{\"lt\":1}}}}");
            assertThat(left.at("/hits/hits")).isNotEmpty();
            for (JsonNode hit : left.at("/hits/hits")) {
                elasticsearch("DELETE", index + "/_doc/" + hit.path("_id").asText(), "");
            }
        }

        awaitNoDifferences();
    }

    /// The reason why no event may be in flight when the epoch is raised: an event does not name its WAL.
    @Test
    @Order(5)
    void oldEventDeliveredUnderTheNewEpochOvertakesNewOnes() throws Exception {
        String kafka = system.stations().kafka().address();
        List<ProducerRecord<byte[], byte[]>> old = KafkaRecords.all(kafka, "churn.public." + SOURCE).stream()
                .filter(record -> new String(record.value(), UTF_8).contains("\"after\":{\"customerid\":\"OVERTAKEN\"")
                        && new String(record.value(), UTF_8).contains("\"tenure\":71"))
                .map(record ->
                        new ProducerRecord<>(record.topic(), null, record.key(), record.value(), record.headers()))
                .toList();
        assertThat(old).isNotEmpty();
        RecordSender.send(kafka, old.stream());
        await().atMost(TIMEOUT)
                .until(() -> stores.captured("tenure", "OVERTAKEN").equals("71"));

        stores.execute("UPDATE person_churn_history SET tenure = 72 WHERE customerid = 'OVERTAKEN'");
        stores.insert("SECOND-MARKER", "Two year", 70);
        await().atMost(TIMEOUT)
                .until(() -> !stores.captured("operation", "SECOND-MARKER").isEmpty());

        assertThat(stores.captured("tenure", "OVERTAKEN")).isEqualTo("71");
        new FunctionReadiness(system, "indexer").awaitRefusal("ROWCAST_SOURCE_EPOCH");
    }

    private static void start(int epoch) throws InterruptedException {
        RunOverrides wiring = new RunOverrides() {
            @Override
            public Map<String, String> environment(Stations stations) {
                return Map.of(
                        "ROWCAST_SOURCE_EPOCH",
                        Integer.toString(epoch),
                        "ROWCAST_PREDICTOR_READINESS_INTERVAL",
                        "500ms",
                        "ROWCAST_ACTION_READINESS_INTERVAL",
                        "500ms");
            }
        };
        start(RunSettings.quiet().withIdle(TIMEOUT), wiring);
    }

    /// Advances the LSN beyond the LSNs of the new cluster in this test.
    private static void advanceTheWal() throws SQLException {
        for (int segment = 0; segment < 6; segment++) {
            stores.superuser("UPDATE rowcast_heartbeat SET beat_at = now()");
            stores.superuser("SELECT pg_switch_wal()");
        }
    }

    private static SourceCounts.Snapshot delivery(String source) {
        return system.dispatchers().stream()
                .filter(dispatcher -> dispatcher.plan().name().equals(source))
                .map(dispatcher -> dispatcher.counts())
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode elasticsearch(String method, String path, String body) throws Exception {
        HttpResponse<String> response =
                RestClient.send(method, system.stations().elasticsearch().address() + "/" + path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new JsonMapper().readTree(response.body());
    }

    /// Deletes connectors with their offsets, which refer to the lost WAL.
    private static void deleteWithOffsets(String... connectors) throws Exception {
        for (String connector : connectors) {
            String address = system.stations().connect().address() + "/connectors/" + connector;
            assertThat(RestClient.send("PUT", address + "/stop", "").statusCode())
                    .isEqualTo(204);
            await().atMost(TIMEOUT)
                    .until(() -> RestClient.send("GET", address + "/status", "")
                            .body()
                            .contains("\"state\":\"STOPPED\""));
            assertThat(RestClient.send("DELETE", address + "/offsets", "").statusCode())
                    .isEqualTo(200);
            assertThat(RestClient.send("DELETE", address, "").statusCode()).isEqualTo(204);
        }
    }

    private static void awaitNoDifferences() {
        stores.awaitNoDifferences(scorer);
    }
}
