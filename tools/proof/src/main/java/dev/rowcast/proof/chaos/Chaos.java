package dev.rowcast.proof.chaos;

import dev.rowcast.local.LauncherLog;
import dev.rowcast.testkit.folder.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;

/// `make chaos`: runs the scenarios, or a soak test of random faults, and prints a line with the result
/// of each.
///
/// Exits with 1 when a promise was broken, and prints the command that repeats the run.
public final class Chaos {

    private static final int FAILED = 1;
    private static final int MISUSED = 2;
    private static final int LINES_SHOWN = 12;

    private final TestBed bed;
    private final ChaosSettings settings;
    private final List<ReportLine> failed = new ArrayList<>();

    private Chaos(TestBed bed, ChaosSettings settings) {
        this.bed = bed;
        this.settings = settings;
    }

    /// Runs the scenarios or the soak test.
    ///
    /// @param arguments none; the settings are environment variables, see [ChaosSettings]
    public static void main(String[] arguments) throws Exception {
        try {
            ChaosSettings settings = ChaosSettings.of(
                    System.getenv(), ThreadLocalRandom.current().nextLong(1, 1_000_000_000));
            System.exit(run(settings) ? 0 : FAILED);
        } catch (IllegalArgumentException wrongSetting) {
            System.err.println(wrongSetting.getMessage());
            System.exit(MISUSED);
        }
    }

    private static boolean run(ChaosSettings settings) throws Exception {
        Checkout checkout = Checkout.find();
        Path folder = Files.createTempDirectory(Files.createDirectories(checkout.resolve(".rowcast")), "chaos-");
        LauncherLog.into(folder.resolve("logs"));
        System.out.println("Chaos with SEED=" + settings.seed() + "; data in " + folder);
        try (TestBed bed = TestBed.open(checkout, folder, settings.seed(), line -> System.err.println("  " + line))) {
            return new Chaos(bed, settings).run();
        }
    }

    private boolean run() throws Exception {
        if (settings.soak().isPresent()) {
            soak(settings.soak().get());
        } else {
            run(scenarios());
        }
        failed.forEach(line ->
                System.out.println("Failed: " + line.scenario() + ". Repeat it with: " + command(line.scenario())));
        System.out.println(
                failed.isEmpty()
                        ? "Nothing lost, nothing twice, nothing backwards ("
                                + bed.observer().reads() + " reads of the stores during the run)."
                        : failed.size() + " failed.");
        return failed.isEmpty();
    }

    private List<Scenario> scenarios() {
        List<Scenario> all = Scenarios.all(bed.faults());
        List<String> names = settings.scenarios();
        List<Scenario> chosen = all.stream()
                .filter(scenario -> names.isEmpty() || names.contains(scenario.name()))
                .toList();
        if (chosen.size() < names.size()) {
            throw new IllegalArgumentException("SCENARIO is " + names + "; the scenarios are "
                    + all.stream().map(Scenario::name).toList());
        }
        return chosen;
    }

    private void run(List<Scenario> scenarios) throws Exception {
        ScenarioRun run = new ScenarioRun(bed, settings.seed(), settings.rate());
        System.out.println(ReportLine.heading());
        for (Scenario scenario : scenarios) {
            ReportLine line;
            try {
                line = run.run(scenario);
            } catch (Exception broken) {
                System.out.println("Scenario " + scenario.name() + " ended without a result. Repeat it with: "
                        + command(scenario.name()));
                throw broken;
            }
            show(line);
            if (!line.result().isClean()) {
                failed.add(line);
            }
        }
    }

    private void soak(Duration time) throws Exception {
        System.out.println(ReportLine.heading());
        ReportLine all = new Soak(bed, settings.rate(), new SplittableRandom(settings.seed())).run(time, Chaos::show);
        System.out.println(all.text());
        if (!all.result().isClean()) {
            failed.add(all);
        }
    }

    private String command(String scenario) {
        return "make chaos SEED=" + settings.seed()
                + settings.soak().map(time -> " MINUTES=" + time.toMinutes()).orElse(" SCENARIO=" + scenario);
    }

    private static void show(ReportLine line) {
        System.out.println(line.text());
        List<String> violations = line.result().violations();
        violations.stream().limit(LINES_SHOWN).forEach(violation -> System.out.println("    " + violation));
        if (violations.size() > LINES_SHOWN) {
            System.out.println("    and " + (violations.size() - LINES_SHOWN) + " more");
        }
    }
}
