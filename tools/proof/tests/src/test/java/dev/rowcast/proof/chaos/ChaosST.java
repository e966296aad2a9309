package dev.rowcast.proof.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.proof.chaos.check.RunResult;
import dev.rowcast.proof.chaos.fault.ConverterSwitch;
import dev.rowcast.proof.chaos.fight.Fight;
import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.station.Database;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The short form of `make chaos`. The tests share one system, so they have an order.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChaosST {

    private static final long SEED = Long.getLong("seed", 20261125);
    private static final double RATE = 50;

    private static TestBed bed;
    private static ScenarioRun runner;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        bed = TestBed.open(Checkout.find(), folder, SEED, line -> System.out.println("  " + line));
        runner = new ScenarioRun(bed, SEED, RATE);
        System.out.println("  seed " + SEED + " (repeat with -Dseed=" + SEED + ")");
        System.out.println(ReportLine.heading());
    }

    @AfterAll
    static void stop() {
        bed.close();
    }

    @Test
    @Order(1)
    void killsDuringDuplicatesAndPoisonLoseNothing() throws Exception {
        ReportLine line = run(scenario("st-kills", "kill-predictor", "kill-indexer", "kill-dispatchers")
                .copies(3)
                .poison(0.05));

        assertKept(line.result());
        assertThat(line.counts().kills()).isEqualTo(3);
        assertThat(line.counts().delivered().duplicates())
                .isGreaterThan(line.counts().delivered().events());
        assertThat(line.result().deadLetters()).isPositive();
    }

    @Test
    @Order(2)
    void storesThatStopFreezeAndRefuseTogetherLoseNothing() throws Exception {
        ReportLine line = run(scenario("st-stores", "kill-postgres", "freeze-kafka", "elasticsearch-partly-busy"));

        assertKept(line.result());
        assertThat(line.result().deadLetters()).isZero();
    }

    @Test
    @Order(3)
    void everyEventThreeTimesInAnyOrderLosesNothing() throws Exception {
        ReportLine line = run(shuffledDuplicates("st-disorder"));

        assertKept(line.result());
        assertThat(line.counts().delivered().reordered()).isPositive();
        assertThat(line.p50()).isPositive();
    }

    /// The records of the meantime stay unreadable, and the operator of the scenario lets them pass.
    @Test
    @Order(4)
    void anotherConverterAndBackLosesNothing() throws Exception {
        ReportLine line = run(scenario("st-converter", "switch-converter"));

        assertKept(line.result());
        assertThat(line.result().deadLetters()).isGreaterThan(ConverterSwitch.MOST_LETTERS);
    }

    /// The fight must detect a guard that orders the changes of a key by their LSNs, as Rowcast once did.
    /// The trigger creates it: where the commit equals the LSN, the LSN alone decides.
    @Test
    @Order(5)
    void aGuardThatOrdersByLsnAloneIsCaughtByTheFight() throws Exception {
        superuser("""
                CREATE FUNCTION order_by_lsn_alone() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    NEW.source_commit := NEW.source_lsn;
                    RETURN NEW;
                END $$;
                CREATE TRIGGER by_lsn BEFORE INSERT ON public.person_churn_history_captured
                    FOR EACH ROW EXECUTE FUNCTION order_by_lsn_alone()""");

        ReportLine line = run(scenario("st-guard-by-lsn").fightAlone().rounds(2));
        superuser("DROP TRIGGER by_lsn ON public.person_churn_history_captured");

        assertThat(line.counts().races()).isPositive();
        assertThat(ofCaptured(line.result()))
                .anySatisfy(found -> assertThat(found)
                        .contains(Fight.KEY + "DUEL-")
                        .endsWith("is marked deleted, and there is such a source row"))
                .allSatisfy(found -> assertThat(found).contains(Fight.KEY));
    }

    /// The checks must detect a broken guard. The trigger removes the stored row before each write, so that
    /// the upsert finds nothing to compare with and an older change overwrites a newer one.
    @Test
    @Order(6)
    void aBrokenGuardIsSeenGoingBackwardsAndInTheEnd() throws Exception {
        superuser("""
                CREATE FUNCTION forget_the_stored_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
                BEGIN
                    DELETE FROM public.person_churn_history_captured WHERE customerid = NEW.customerid;
                    RETURN NEW;
                END $$;
                CREATE TRIGGER forget BEFORE INSERT ON public.person_churn_history_captured
                    FOR EACH ROW EXECUTE FUNCTION forget_the_stored_row()""");

        RunResult result = run(shuffledDuplicates("st-broken-guard")).result();

        assertThat(result.isClean()).isFalse();
        assertThat(result.backwards())
                .anySatisfy(line -> assertThat(line).startsWith("captured table, "))
                .anySatisfy(line -> assertThat(line).startsWith("WAL of the captured table, "));
        // The guard by LSN of the previous test left wrong rows of the fight.
        assertThat(ofCaptured(result)).anySatisfy(line -> assertThat(line).doesNotContain(Fight.KEY));
        assertThat(result.lost()).anySatisfy(line -> assertThat(line).contains("was answered with success"));
    }

    private static List<String> ofCaptured(RunResult result) {
        return result.different().stream()
                .filter(line -> line.startsWith("captured table, "))
                .toList();
    }

    private static Scenario scenario(String name, String... faults) {
        return Scenario.of(name, faults).rounds(1);
    }

    private static Scenario shuffledDuplicates(String name) {
        return scenario(name).copies(3).window(1_000);
    }

    private static ReportLine run(Scenario scenario) throws Exception {
        ReportLine line = runner.run(scenario);
        System.out.println(line.text());
        return line;
    }

    private static void assertKept(RunResult result) {
        assertThat(result.violations()).isEmpty();
    }

    private static void superuser(String sql) throws Exception {
        new Database(bed.chaos().system().stations().postgres()).execute(sql);
    }
}
