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

    private static final Duration PATIENCE = Duration.ofMinutes(2);

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
    void endTheFight() {
        fight.close();
    }

    @Test
    void clientsBlockAndRefuseEachOtherAndOutliveAKillOfPostgres() throws Exception {
        fight("app");
        await().atMost(PATIENCE).until(this::hasSeenEverythingButAnOutage);
        postgres.kill();
        await().atMost(PATIENCE).until(() -> fight.sums().disconnected() > 0);
        postgres.start();
        long before = fight.sums().committed();
        await().atMost(PATIENCE).until(() -> fight.sums().committed() > before + 20);

        fight.rest();

        assertThat(fight.takeUnexpected()).isEmpty();
        assertThat(query("SELECT count(*) FROM pg_locks WHERE relation = 'person_churn_history'::regclass"))
                .isEqualTo("0");
    }

    @Test
    void everyDuelLeavesItsRow() throws Exception {
        fight("app");
        await().atMost(PATIENCE).until(() -> fight.sums().blocked() > 40);

        fight.rest();

        List<String> duelled = fight.keys().stream()
                .filter(key -> key.matches("FIGHT-DUEL-[01]-[0-9]"))
                .toList();
        assertThat(duelled).isNotEmpty();
        assertThat(query("SELECT count(*) FROM person_churn_history WHERE customerid IN ('%s')"
                        .formatted(String.join("', '", duelled))))
                .isEqualTo(Integer.toString(duelled.size()));
    }

    @Test
    void errorThatNoFightExplainsIsToldOf() {
        fight("predictor");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(fight.takeUnexpected())
                        .anySatisfy(line -> assertThat(line).contains("42501")));
    }

    private boolean hasSeenEverythingButAnOutage() {
        FightCounts sums = fight.sums();
        return sums.committed() > 100 && sums.rolledBack() > 0 && sums.refused() > 0 && sums.blocked() > 5;
    }

    private void fight(String role) {
        fight = Fight.resting(postgres.jdbcUrl(role), 7);
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
