package dev.rowcast.proof.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowcast.proof.chaos.fault.ConverterSwitch;
import dev.rowcast.proof.chaos.fight.Fight;
import dev.rowcast.proof.chaos.check.RunResult;
import dev.rowcast.testkit.folder.Checkout;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The short form of `make chaos`. The system is started once, so the tests have an order.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChaosST {

    private static final long SEED = Long.getLong("seed", 20261125);
    private static final double RATE = 100;
    private static final Scenario QUIET = new Scenario("st", List.of(), 1, 1, 1, 0, false, false, Duration.ZERO);

    private static TestBed lab;
    private static ScenarioRun experiment;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        lab = TestBed.open(Checkout.find(), folder, SEED, line -> System.out.println("  " + line));
        experiment = new ScenarioRun(lab, SEED, RATE);
        System.out.println("  seed " + SEED + " (repeat with -Dseed=" + SEED + ")");
        System.out.println(ReportLine.heading());
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    @Test
    @Order(1)
    void functionsAndDispatchersDieWhileEverythingComesThreeTimesAndPoisonAmongIt() throws Exception {
        ReportLine line = run(new Scenario(
                "st-kills",
                List.of("kill-predictor", "kill-indexer", "kill-dispatchers"),
                1,
                3,
                1,
                0.05,
                false,
                false,
                Duration.ZERO));

        assertKept(line.verdict());
        assertThat(line.sums().kills()).isEqualTo(3);
        assertThat(line.sums().delivered().duplicates())
                .isGreaterThan(line.sums().delivered().events());
        assertThat(line.verdict().deadLetters()).isPositive();
    }

    @Test
    @Order(2)
    void storesDieFreezeAndRefuseAtTheSameTime() throws Exception {
        ReportLine line = run(new Scenario(
                "st-stores",
                List.of("kill-postgres", "freeze-kafka", "elasticsearch-partly-busy"),
                1,
                1,
                1,
                0,
                false,
                false,
                Duration.ZERO));

        assertKept(line.verdict());
        assertThat(line.verdict().deadLetters()).isZero();
    }

    @Test
    @Order(3)
    void everyEventComesThreeTimesInAnyOrder() throws Exception {
        ReportLine line = run(shuffledDuplicates("st-disorder"));

        assertKept(line.verdict());
        assertThat(line.sums().delivered().reordered()).isPositive();
        assertThat(line.p50()).isPositive();
    }

    /// What was written meanwhile can never be read, and the operator of the scenario lets it go.
    @Test
    @Order(4)
    void anotherConverterAndBackLosesNothing() throws Exception {
        ReportLine line =
                run(new Scenario("st-converter", List.of("switch-converter"), 1, 1, 1, 0, false, false, Duration.ZERO));

        assertKept(line.verdict());
        assertThat(line.verdict().deadLetters()).isGreaterThan(ConverterSwitch.MOST_LETTERS);
    }

    /// The clients that fight must find out a guard that orders the changes of a key by their LSNs, as Rowcast once
    /// did.
    /// The trigger makes it so: where the commit is the LSN itself, the LSN alone decides.
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

        ReportLine line = run(QUIET.named("st-guard-by-lsn").fightAlone().rounds(2));
        superuser("DROP TRIGGER by_lsn ON public.person_churn_history_captured");

        assertThat(line.sums().races()).isPositive();
        assertThat(ofCaptured(line.verdict()))
                .anySatisfy(found -> assertThat(found)
                        .contains(Fight.KEY + "DUEL-")
                        .endsWith("is marked deleted, and there is such a source row"))
                .allSatisfy(found -> assertThat(found).contains(Fight.KEY));
    }

    /// The suite itself: where the guard is broken it must say so. The trigger removes the stored row before each
    /// write, so that the upsert finds nothing to compare with and an older change overwrites a newer one.
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

        RunResult verdict = run(shuffledDuplicates("st-broken-guard")).verdict();

        assertThat(verdict.isClean()).isFalse();
        assertThat(verdict.backwards())
                .anySatisfy(line -> assertThat(line).startsWith("captured table, "))
                .anySatisfy(line -> assertThat(line).startsWith("WAL of the captured table, "));
        // What the guard by LSN left wrong before is of the fight.
        assertThat(ofCaptured(verdict)).anySatisfy(line -> assertThat(line).doesNotContain(Fight.KEY));
        assertThat(verdict.lost()).anySatisfy(line -> assertThat(line).contains("was answered with success"));
    }

    private static List<String> ofCaptured(RunResult verdict) {
        return verdict.different().stream()
                .filter(line -> line.startsWith("captured table, "))
                .toList();
    }

    private static Scenario shuffledDuplicates(String name) {
        return QUIET.named(name).rounds(3).copies(3).window(1_000);
    }

    private static ReportLine run(Scenario scenario) throws Exception {
        ReportLine line = experiment.run(scenario);
        System.out.println(line.text());
        return line;
    }

    private static void assertKept(RunResult verdict) {
        assertThat(verdict.lost()).isEmpty();
        assertThat(verdict.different()).isEmpty();
        assertThat(verdict.backwards()).isEmpty();
        assertThat(verdict.repeated()).isEmpty();
    }

    private static void superuser(String sql) throws Exception {
        try (Connection superuser = lab.chaos().system().stations().postgres().connect("postgres");
                Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }
}
