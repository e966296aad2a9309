package dev.rowcast.proof.chaos.fight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rowcast.testkit.station.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FightIT {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private static Postgres postgres;

    private Fight fight;

    @BeforeAll
    static void start(@TempDir Path folder) {
        postgres = Postgres.start(folder);
        postgres.applySchema();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @AfterEach
    void close() {
        fight.close();
    }

    @Test
    void clientsBlockEachOtherAndReconnectAfterAKillOfPostgres() throws Exception {
        fight("app");
        await().atMost(TIMEOUT).until(this::hasCommitsRollbacksRefusalsAndBlocks);
        postgres.kill();
        await().atMost(TIMEOUT).until(() -> fight.counts().disconnected() > 0);
        postgres.start();
        long before = fight.counts().committed();
        await().atMost(TIMEOUT).until(() -> fight.counts().committed() > before + 20);

        fight.pause();

        assertThat(fight.takeUnexpected()).isEmpty();
        assertThat(query("SELECT count(*) FROM pg_locks WHERE relation = 'person_churn_history'::regclass"))
                .isEqualTo("0");
    }

    @Test
    void everyBlockedInsertLeavesItsRow() throws Exception {
        fight("app");
        await().atMost(TIMEOUT).until(() -> fight.counts().blocked() > 40);

        fight.pause();

        List<String> keys = fight.keys().stream()
                .filter(key -> key.matches("FIGHT-DUEL-[01]-[0-9]"))
                .toList();
        assertThat(keys).isNotEmpty();
        assertThat(query("SELECT count(*) FROM person_churn_history WHERE customerid IN ('%s')"
                        .formatted(String.join("', '", keys))))
                .isEqualTo(Integer.toString(keys.size()));
    }

    @Test
    void unexpectedErrorIsReported() {
        fight("predictor");

        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(fight.takeUnexpected())
                        .anySatisfy(line -> assertThat(line).contains("42501")));
    }

    private boolean hasCommitsRollbacksRefusalsAndBlocks() {
        FightCounts counts = fight.counts();
        return counts.committed() > 100 && counts.rolledBack() > 0 && counts.refused() > 0 && counts.blocked() > 5;
    }

    private void fight(String role) {
        fight = new Fight(postgres.jdbcUrl(role), 7);
        fight.setRate(200);
    }

    private static String query(String sql) throws Exception {
        try (Connection superuser = postgres.connect("postgres");
                Statement statement = superuser.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            found.next();
            return found.getString(1);
        }
    }
}
