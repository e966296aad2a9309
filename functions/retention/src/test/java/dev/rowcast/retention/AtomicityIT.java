package dev.rowcast.retention;

import static dev.rowcast.testkit.function.FunctionAnswers.assertRetryLater;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.function.FunctionAnswers;
import dev.rowcast.testkit.function.TableLock;
import dev.rowcast.testkit.function.setup.ReadyFunction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A case and its event are stored together or not at all, wherever the transaction fails, in the table and in the WAL.
@QuarkusIntegrationTest
@Timeout(300)
@QuarkusTestResource(value = RetentionPostgres.class, restrictToAnnotatedClass = true)
class AtomicityIT extends ReadyFunction {

    private StoredCases cases;

    @BeforeEach
    void prepare() throws Exception {
        cases = new StoredCases(postgres);
        // Out of disk: no fault of the event.
        cases.execute("""
                CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'made to fail' USING ERRCODE = 'disk_full'; END $$""");
    }

    @AfterEach
    void heal() throws Exception {
        cases.execute("""
                DROP TRIGGER IF EXISTS fails ON retention_case;
                DROP TRIGGER IF EXISTS fails ON outboxevent""");
    }

    @ParameterizedTest(name = "failure {0}")
    @CsvSource(delimiter = '|', textBlock = """
            as the row is made       | CREATE TRIGGER fails AFTER INSERT ON retention_case EXECUTE FUNCTION fail()
            after the event          | CREATE TRIGGER fails AFTER INSERT ON outboxevent EXECUTE FUNCTION fail()
            after the case and event | CREATE TRIGGER fails AFTER UPDATE ON retention_case EXECUTE FUNCTION fail()
            as the event is removed  | CREATE TRIGGER fails AFTER DELETE ON outboxevent EXECUTE FUNCTION fail()
            at commit, of the case   | CREATE CONSTRAINT TRIGGER fails AFTER UPDATE ON retention_case DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail()
            at commit, of the event  | CREATE CONSTRAINT TRIGGER fails AFTER INSERT ON outboxevent DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail()
            """)
    void failureLeavesNeitherCaseNorEvent(String where, String trigger) throws Exception {
        String customer = where.replaceAll("\\W", "-");
        cases.execute(trigger);

        assertRetryLater(sender.post(CapturedEvents.scored(customer, 10, 0.9)));

        assertThat(cases.of(customer)).isEmpty();
        assertThat(cases.events(customer)).isEmpty();
        heal();
        deliver(CapturedEvents.scored(customer, 10, 0.9));
        assertThat(cases.status(customer)).isEqualTo("open");
        assertThat(cases.events(customer)).containsExactly("opened");
    }

    @Test
    void failureToCloseLeavesTheCaseOpenAndSilent() throws Exception {
        sender.deliver(CapturedEvents.scored("stays", 10, 0.9));
        cases.execute("""
                CREATE CONSTRAINT TRIGGER fails AFTER INSERT ON outboxevent DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION fail()""");

        assertRetryLater(sender.post(CapturedEvents.deleted("stays", 20)));

        assertThat(cases.of("stays")).containsEntry("status", "open").containsEntry("captured_lsn", "10");
        assertThat(cases.events("stays")).containsExactly("opened");
    }

    @Test
    void killedPostgresMeansRetriesAndNeedsNoRestart() throws Exception {
        List<String> changes = IntStream.range(0, 50)
                .mapToObj(i -> CapturedEvents.scored("killed-" + i, 10, 0.9))
                .toList();
        sender.deliver(changes.getFirst());
        postgres.kill();

        assertThat(sender.postAll(changes)).allSatisfy(FunctionAnswers::assertRetryLater);
        health.awaitNotReady("Postgres cannot be reached");

        postgres.start();
        for (String change : changes) {
            deliver(change);
        }
        assertThat(cases.count("killed-", "open")).isEqualTo(50);
        assertThat(cases.events("killed-0")).containsExactly("opened");
        health.awaitReady();
    }

    @Test
    void frozenPostgresMeansRetriesAndLeavesNoConnectionStuck() throws Exception {
        sender.deliver(CapturedEvents.scored("warm", 10, 0.9));
        postgres.freeze();
        try {
            for (int round = 0; round < 3; round++) {
                long start = System.nanoTime();
                assertRetryLater(sender.post(CapturedEvents.scored("frozen", 10, 0.9)));
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(25));
            }
        } finally {
            postgres.resume();
        }

        deliver(CapturedEvents.scored("frozen", 10, 0.9));
        assertThat(cases.events("frozen")).containsExactly("opened");
        health.awaitReady();
    }

    @Test
    void slowStatementIsCancelledAndRetried() throws Exception {
        try (TableLock _ = new TableLock(postgres, "retention_case")) {
            assertRetryLater(sender.post(CapturedEvents.scored("locked", 10, 0.9)));
        }

        deliver(CapturedEvents.scored("locked", 10, 0.9));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ALTER TABLE retention_case RENAME closed_because TO why | ALTER TABLE retention_case RENAME why TO closed_because | closed_because
            REVOKE UPDATE ON retention_case FROM retention          | GRANT UPDATE ON retention_case TO retention             | permission denied
            REVOKE INSERT ON outboxevent FROM retention             | GRANT INSERT ON outboxevent TO retention                | permission denied
            """)
    void tablesThatCannotBeWrittenAreNamedUntilTheyCan(String harm, String mend, String words) throws Exception {
        cases.execute(harm);
        try {
            health.awaitNotReady(words);
            HttpResponse<String> answer = sender.post(CapturedEvents.scored("harmed", 10, 0.9));
            assertRetryLater(answer);
            assertThat(answer.headers().firstValue("Retry-After")).contains("10");
        } finally {
            cases.execute(mend);
        }
        health.awaitReady();
    }

    @Test
    void databaseOfAnotherHistoryTakesNoCase() throws Exception {
        sender.deliver(CapturedEvents.scored("history", 2, 0.9));
        cases.execute("UPDATE rowcast_source SET system_identifier = system_identifier + 1");
        try {
            for (String change :
                    List.of(CapturedEvents.scored("history", 1, 0.9), CapturedEvents.scored("history-new", 3, 0.9))) {
                HttpResponse<String> answer = sender.post(change);
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("kne-rowcastmessage").orElseThrow())
                        .contains("ROWCAST_SOURCE_EPOCH is 0, which is recorded for database ");
            }
            health.awaitNotReady("ROWCAST_SOURCE_EPOCH is 0, which is recorded for database ");
        } finally {
            cases.execute("UPDATE rowcast_source SET system_identifier = system_identifier - 1");
        }

        health.awaitReady();
        sender.deliver(CapturedEvents.scored("history-new", 3, 0.9));
    }
}
