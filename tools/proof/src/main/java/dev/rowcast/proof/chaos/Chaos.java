package dev.rowcast.proof.chaos;

import dev.rowcast.local.run.Logs;
import dev.rowcast.proof.chaos.check.RunResult;
import dev.rowcast.testkit.folder.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/// `make chaos`: rows change while parts of the real system are killed, frozen, cut off and fed poison; after each
/// scenario everything is held against everything, and the run has its line.
///
/// Exits with 1 when anything was lost, differs or went backwards, and prints the command that repeats it.
public final class Chaos {

    private static final int FAILED = 1;
    private static final int MISUSED = 2;
    private static final int LINES_SHOWN = 12;

    private Chaos() {}

    /// Runs the scenarios, or the soak.
    ///
    /// @param arguments none; settings come from the environment, see [ChaosSettings]
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
        Logs.into(folder.resolve("logs"));
        System.out.println("Chaos with SEED=" + settings.seed() + "; its data: " + folder);
        try (TestBed lab = TestBed.open(checkout, folder, settings.seed(), line -> System.err.println("  " + line))) {
            List<ReportLine> failed = settings.soak().isPresent()
                    ? soak(lab, settings, settings.soak().get())
                    : scenarios(lab, settings);
            failed.forEach(line ->
                    System.out.println("Failed: " + line.scenario() + ". Repeat it with: make chaos SEED="
                            + settings.seed()
                            + settings.soak()
                                    .map(time -> " MINUTES=" + time.toMinutes())
                                    .orElse(" SCENARIO=" + line.scenario())));
            System.out.println(
                    failed.isEmpty()
                            ? "Nothing lost, nothing twice, nothing backwards ("
                                    + lab.observer().looks() + " looks at the stores meanwhile)."
                            : failed.size() + " failed.");
            return failed.isEmpty();
        }
    }

    private static List<ReportLine> scenarios(TestBed lab, ChaosSettings settings) throws Exception {
        List<Scenario> chosen = Scenarios.all(lab.faults()).stream()
                .filter(scenario ->
                        settings.scenarios().isEmpty() || settings.scenarios().contains(scenario.name()))
                .toList();
        if (chosen.isEmpty()
                || (!settings.scenarios().isEmpty()
                        && chosen.size() < settings.scenarios().size())) {
            throw new IllegalArgumentException("SCENARIO is " + settings.scenarios() + "; there are "
                    + Scenarios.all(lab.faults()).stream().map(Scenario::name).toList());
        }
        ScenarioRun experiment = new ScenarioRun(lab, settings.seed(), settings.rate());
        List<ReportLine> failed = new ArrayList<>();
        System.out.println(ReportLine.heading());
        for (Scenario scenario : chosen) {
            ReportLine line = run(experiment, scenario, settings);
            show(line);
            if (!line.verdict().isClean()) {
                failed.add(line);
            }
        }
        return failed;
    }

    private static ReportLine run(ScenarioRun experiment, Scenario scenario, ChaosSettings settings) throws Exception {
        try {
            return experiment.run(scenario);
        } catch (Exception broken) {
            System.out.println("Scenario " + scenario.name() + " came to no verdict. Repeat it with: make chaos SEED="
                    + settings.seed() + " SCENARIO=" + scenario.name());
            throw broken;
        }
    }

    private static List<ReportLine> soak(TestBed lab, ChaosSettings settings, Duration time) throws Exception {
        System.out.println(ReportLine.heading());
        ReportLine all = new Soak(lab, settings.seed(), settings.rate()).run(time, Chaos::show);
        System.out.println(all.text());
        return all.verdict().isClean() ? List.of() : List.of(all);
    }

    private static void show(ReportLine line) {
        System.out.println(line.text());
        RunResult verdict = line.verdict();
        List<String> faults = Stream.of(verdict.backwards(), verdict.lost(), verdict.different(), verdict.repeated())
                .flatMap(List::stream)
                .toList();
        faults.stream().limit(LINES_SHOWN).forEach(fault -> System.out.println("    " + fault));
        if (faults.size() > LINES_SHOWN) {
            System.out.println("    and " + (faults.size() - LINES_SHOWN) + " more");
        }
    }
}
