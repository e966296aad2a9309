package dev.rowcast.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.testkit.station.Postgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.net.URI;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A case and its event are stored together or not at all, wherever the transaction fails: what Postgres shows, and
/// what
/// Debezium would read.
@QuarkusIntegrationTest
@Timeout(300)
@QuarkusTestResource(value = RealPostgres.class, restrictToAnnotatedClass = true)
class AtomicityIT {

    @TestHTTPResource("/")
    URI function;

    Postgres postgres;
    private Sender sender;
    private Health health;
    private Cases cases;

    @BeforeEach
    void prepare() throws Exception {
        sender = new Sender(function);
        health = new Health(function);
        cases = new Cases(postgres);
        // Out of disk: nothing that a decision could be blamed for.
        cases.execute("""
                CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'made to fail' USING ERRCODE = 'disk_full'; END $$""");
        health.awaitReady();
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

        saysComeAgain(sender.post(Events.scored(customer, 10, 0.9)));

        assertThat(cases.of(customer)).isEmpty();
        assertThat(cases.events(customer)).isEmpty();
        heal();
        assertThat(sender.deliver(Events.scored(customer, 10, 0.9)).statusCode())
                .isEqualTo(204);
        assertThat(cases.status(customer)).isEqualTo("open");
        assertThat(cases.events(customer)).containsExactly("opened");
    }

    @Test
    void failureToCloseLeavesTheCaseOpenAndSilent() throws Exception {
        sender.deliver(Events.scored("stays", 10, 0.9));
        cases.execute("""
                CREATE CONSTRAINT TRIGGER fails AFTER INSERT ON outboxevent DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION fail()""");

        saysComeAgain(sender.post(Events.deleted("stays", 20)));

        assertThat(cases.of("stays")).containsEntry("status", "open").containsEntry("captured_lsn", "10");
        assertThat(cases.events("stays")).containsExactly("opened");
    }

    @Test
    void killedPostgresMeansComeAgainAndItRecoversWithoutARestart() throws Exception {
        List<String> changes = IntStream.range(0, 50)
                .mapToObj(i -> Events.scored("killed-" + i, 10, 0.9))
                .toList();
        sender.deliver(changes.getFirst());
        postgres.kill();

        assertThat(sender.postAll(changes)).allSatisfy(AtomicityIT::saysComeAgain);
        health.awaitNotReady("Postgres cannot be reached");

        postgres.start();
        for (String change : changes) {
            assertThat(sender.deliver(change).statusCode()).isEqualTo(204);
        }
        assertThat(cases.count("killed-", "open")).isEqualTo(50);
        assertThat(cases.events("killed-0")).containsExactly("opened");
        health.awaitReady();
    }

    @Test
    void frozenPostgresMeansComeAgainInTimeAndLeavesNoConnectionStuck() throws Exception {
        sender.deliver(Events.scored("warm", 10, 0.9));
        postgres.freeze();
        try {
            for (int round = 0; round < 3; round++) {
                long start = System.nanoTime();
                saysComeAgain(sender.post(Events.scored("frozen", 10, 0.9)));
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(25));
            }
        } finally {
            postgres.resume();
        }

        assertThat(sender.deliver(Events.scored("frozen", 10, 0.9)).statusCode())
                .isEqualTo(204);
        assertThat(cases.events("frozen")).containsExactly("opened");
        health.awaitReady();
    }

    @Test
    void statementThatTakesTooLongIsCancelledAndComesAgain() throws Exception {
        try (Connection locker = postgres.connect("postgres");
                Statement lock = locker.createStatement()) {
            locker.setAutoCommit(false);
            lock.execute("LOCK TABLE retention_case IN EXCLUSIVE MODE");
            saysComeAgain(sender.post(Events.scored("locked", 10, 0.9)));
            locker.rollback();
        }

        assertThat(sender.deliver(Events.scored("locked", 10, 0.9)).statusCode())
                .isEqualTo(204);
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
            HttpResponse<String> answer = sender.post(Events.scored("harmed", 10, 0.9));
            saysComeAgain(answer);
            assertThat(answer.headers().firstValue("Retry-After")).contains("10");
        } finally {
            cases.execute(mend);
        }
        health.awaitReady();
    }

    private static void saysComeAgain(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After"))
                .hasValueSatisfying(
                        seconds -> assertThat(Integer.parseInt(seconds)).isPositive());
    }

    @Test
    void databaseOfAnotherHistoryTakesNoCase() throws Exception {
        sender.deliver(Events.scored("history", 2, 0.9));
        cases.execute("UPDATE rowcast_source SET system_identifier = system_identifier + 1");
        try {
            for (String change : List.of(Events.scored("history", 1, 0.9), Events.scored("history-new", 3, 0.9))) {
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
        sender.deliver(Events.scored("history-new", 3, 0.9));
    }
}
