package dev.rowcast.proof.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rowcast.local.knative.serving.FunctionStatus;
import dev.rowcast.local.knative.source.Dispatcher;
import dev.rowcast.local.knative.source.SourcePlan;
import dev.rowcast.local.run.RunOverrides;
import dev.rowcast.local.run.RunSettings;
import dev.rowcast.local.run.Stations;
import dev.rowcast.proof.audit.IndependentScorer;
import dev.rowcast.proof.system.ReceivedDeadLetters.DeadLetter;
import dev.rowcast.testkit.monitoring.Monitoring;
import dev.rowcast.testkit.monitoring.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/// The path from WAL to search with real stations and functions.
class PathST extends WithSystem {

    private static final Duration IDLE = Duration.ofSeconds(6);
    private static final long SEED = Long.getLong("seed", 20261125);
    /// A PodMonitor adds the first two; no task of a connector has the status that an alert waits for.
    private static final List<String> LABELS_NOT_HERE = List.of("namespace", "container", "status");
    /// Metrics of Strimzi's Kafka Exporter, kube-state-metrics and cAdvisor.
    private static final String FOREIGN = "(kafka_consumergroup|kafka_topic_partition|kube_pod|container)_.*";

    private static final String CUSTOMER = "2718-YSKCS";

    private static IndependentScorer scorer;

    @BeforeAll
    static void start() throws Exception {
        start(RunSettings.quiet().withIdle(IDLE), new RunOverrides() {
            @Override
            public Map<String, String> environment(Stations stations) {
                // The shifts are published after the first merge.
                return Map.of("ROWCAST_DRIFT_INTERVAL", "1s");
            }
        });
        scorer = new IndependentScorer(MODEL, system.contract());
    }

    @AfterAll
    static void closeScorer() throws Exception {
        scorer.close();
    }

    @Test
    @Order(1)
    void insertedRowIsScoredStoredAndSearchable() throws Exception {
        stores.execute("INSERT INTO person_churn_history VALUES ('2718-YSKCS','Female',0,'Yes','No',1,'No',"
                + "'No phone service','DSL','No','Yes','No','No','No','No','Month-to-month','Yes',"
                + "'Electronic check',29.85,'29.85',NULL)");

        awaitNoDifferences();

        assertThat(stores.probability(CUSTOMER)).isBetween(0.0, 1.0);
        assertThat(stores.searched("churn_prediction", CUSTOMER))
                .contains(stores.captured("churn_prediction", CUSTOMER));
        assertThat(stores.probability(CUSTOMER)).isGreaterThan(threshold());
        assertThat(stores.caseOf(CUSTOMER)).isEqualTo("open 1");
    }

    @Test
    @Order(2)
    void updateChangesTheScore() throws Exception {
        double before = stores.probability(CUSTOMER);

        stores.execute("UPDATE person_churn_history SET contract = 'Two year', tenure = 60, totalcharges = 1791,"
                + " onlinesecurity = 'Yes', techsupport = 'Yes', paymentmethod = 'Credit card (automatic)'"
                + " WHERE customerid = '2718-YSKCS'");
        awaitNoDifferences();

        assertThat(stores.probability(CUSTOMER)).isLessThan(before);
        assertThat(stores.captured("operation", CUSTOMER)).isEqualTo("u");
        assertThat(stores.captured("previous ->> 'contract'", CUSTOMER)).isEqualTo("Month-to-month");
        assertThat(stores.caseOf(CUSTOMER)).isEqualTo("closed 1 below-threshold");
    }

    @Test
    @Order(3)
    void deleteMarksTheRowInBothStoresAndClosesTheCase() throws Exception {
        stores.execute("UPDATE person_churn_history SET contract = 'Month-to-month', tenure = 1, totalcharges = 29.85,"
                + " onlinesecurity = 'No', techsupport = 'No', paymentmethod = 'Electronic check'"
                + " WHERE customerid = '2718-YSKCS'");
        awaitNoDifferences();
        assertThat(stores.caseOf(CUSTOMER)).isEqualTo("open 2");

        stores.execute("DELETE FROM person_churn_history WHERE customerid = '2718-YSKCS'");
        awaitNoDifferences();

        assertThat(stores.captured("deleted", CUSTOMER)).isEqualTo("t");
        assertThat(stores.searched("deleted", CUSTOMER)).contains("true");
        assertThat(stores.caseOf(CUSTOMER)).isEqualTo("closed 2 deleted");
        assertThat(stores.caseEvents().differences()).isEmpty();
    }

    @Test
    @Order(4)
    void idleFunctionsAreScaledToZero() {
        List<Long> processes = system.activators().values().stream()
                .flatMap(activator -> activator.status().pid().stream().boxed())
                .toList();

        await().atMost(TIMEOUT)
                .until(() -> system.activators().values().stream()
                        .allMatch(activator -> activator.status().pid().isEmpty()));
        await().atMost(TIMEOUT)
                .until(() -> processes.stream()
                        .allMatch(pid -> ProcessHandle.of(pid)
                                .filter(ProcessHandle::isAlive)
                                .isEmpty()));
    }

    @Test
    @Order(5)
    void storesEqualTheSourceAfterTwoThousandChanges() throws Exception {
        System.out.println("  seed " + SEED + " (repeat with -Dseed=" + SEED + ")");
        long coldStarts = coldStarts();
        try (SourceChanges changes = new SourceChanges(stores.jdbc(), system.contract(), SEED)) {
            changes.make(1_000);
            killOneFunction();
            changes.make(1_000);
            awaitNoDifferences();
            assertThat(changes.made()).isEqualTo(2_000);
        }
        assertThat(stores.count("SELECT count(*) FROM retention_case WHERE status = 'open'"))
                .isPositive();
        assertThat(stores.count("SELECT count(*) FROM retention_case WHERE status = 'closed'"))
                .isPositive();
        assertThat(stores.caseEvents().differences()).isEmpty();

        assertThat(coldStarts()).isGreaterThan(coldStarts + 2);
        assertThat(system.dispatchers()).allSatisfy(dispatcher -> {
            assertThat(dispatcher.counts().deadLettered()).isZero();
            assertThat(dispatcher.counts().dropped()).isZero();
        });
        System.out.println("  delivered: "
                + system.dispatchers().stream().map(Dispatcher::counts).toList());
    }

    @Test
    @Order(6)
    void poisonIsADeadLetterWithItsReasonAndDelaysNoNeighbour() throws Exception {
        String topic = "churn.public." + system.contract().source().table();
        byte[] poison = "{\"op\":".getBytes(UTF_8);
        ReceivedDeadLetters received = ReceivedDeadLetters.fromNowOn(system);
        RecordSender.send(
                system.stations().kafka().address(),
                Stream.of(new ProducerRecord<>(topic, "POISON".getBytes(UTF_8), poison)));
        stores.execute("INSERT INTO person_churn_history (customerid, tenure) VALUES ('NEIGHBOUR', 3)");
        awaitNoDifferences();

        List<String> readers = system.dispatchers().stream()
                .map(Dispatcher::plan)
                .filter(plan -> plan.topics().contains(topic))
                .map(SourcePlan::name)
                .toList();
        List<DeadLetter> letters = received.await(readers.size());
        assertThat(letters).allSatisfy(letter -> {
            assertThat(letter.event().value()).isEqualTo(poison);
            assertThat(letter.reason()).isEqualTo("not-json");
            assertThat(letter.status()).isEqualTo("422");
        });
        assertThat(letters).extracting(DeadLetter::function).containsExactlyInAnyOrderElementsOf(readers);
        assertThat(system.dispatchers())
                .allSatisfy(
                        dispatcher -> assertThat(dispatcher.counts().dropped()).isZero());
    }

    @Test
    @Order(7)
    void auditFindsAWrongPredictionAndTheNextChangeCorrectsIt() throws Exception {
        stores.superuser("UPDATE person_churn_history_captured SET churn_probability = 1 - churn_probability / 2"
                + " WHERE customerid = 'NEIGHBOUR'");
        assertThat(stores.audit(scorer).differences())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("captured table, NEIGHBOUR: ")
                        .contains("probability"));

        stores.execute("UPDATE person_churn_history SET tenure = tenure WHERE customerid = 'NEIGHBOUR'");
        awaitNoDifferences();
    }

    @Test
    @Order(8)
    void everyMetricOfAPanelOrAnAlertIsScraped() throws Exception {
        List<Selector> wanted = Monitoring.read(CHECKOUT.root()).selectors().stream()
                .map(selector -> selector.without(LABELS_NOT_HERE))
                .distinct()
                .toList();
        List<Selector> foreign = wanted.stream()
                .filter(selector -> selector.metric().matches(FOREIGN))
                .toList();
        System.out.println("  not scraped here, from exporters that only a cluster has: "
                + foreign.stream().map(Selector::metric).distinct().toList());
        ScrapedSeries scraped = new ScrapedSeries(system, CHECKOUT.root());
        scraped.addPostgres();
        scraped.addConnect();

        stores.insert("scraped", 1);
        await().atMost(TIMEOUT).untilAsserted(() -> {
            scraped.addFunctions();
            assertThat(wanted)
                    .filteredOn(selector -> !foreign.contains(selector))
                    .hasSizeGreaterThan(10)
                    .allSatisfy(selector ->
                            assertThat(scraped.all()).as("%s", selector).anyMatch(selector::selects));
        });
    }

    @Test
    @Order(9)
    void noLogHoldsAPasswordOrARow() throws Exception {
        List<String> passwords = Stream.of("postgres", "app", "connector", "predictor", "retention", "operator")
                .map(system.stations().postgres()::password)
                .toList();
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> logs = files.filter(file -> file.getFileName().toString().matches(".*\\.log(\\.\\d+)?"))
                    // Kafka stores topics in files named log.
                    .filter(file -> !file.toString().contains("/topics/"))
                    .toList();
            assertThat(logs.stream().map(log -> log.getFileName().toString()))
                    .contains("predictor.log", "indexer.log", "retention.log", "postgres.log", "connect.log");
            for (Path log : logs) {
                String text = Files.readString(log, ISO_8859_1);
                assertThat(passwords).as(log.toString()).noneMatch(text::contains);
                assertThat(text).as(log.toString()).doesNotContain("Month-to-month");
            }
        }
    }

    private static void awaitNoDifferences() {
        stores.awaitNoDifferences(scorer);
    }

    private static double threshold() {
        return system.contract().binary().threshold();
    }

    private static void killOneFunction() {
        await().atMost(TIMEOUT)
                .until(() ->
                        predictor().pid().isPresent() && predictor().state().equals("up"));
        ProcessHandle.of(predictor().pid().getAsLong()).orElseThrow().destroyForcibly();
    }

    private static FunctionStatus predictor() {
        return system.activators().get("predictor").status();
    }

    private static long coldStarts() {
        return system.activators().values().stream()
                .mapToLong(activator -> activator.status().coldStarts())
                .sum();
    }
}
