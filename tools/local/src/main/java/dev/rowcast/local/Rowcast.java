package dev.rowcast.local;

import dev.rowcast.local.load.LoadSwitch;
import dev.rowcast.local.metrics.Prometheus;
import dev.rowcast.local.run.LocalSystem;
import dev.rowcast.local.run.RunSettings;
import dev.rowcast.model.contract.ContractException;
import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.manifest.yaml.ManifestException;
import dev.rowcast.testkit.process.StationFailure;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;

/// `make run`: runs the whole system on this machine until Ctrl-C.
///
/// ```
///   settings ─▶ system ─▶ live page ─▶ addresses ─▶ Prometheus (METRICS=yes) ─▶ load
/// ```
public final class Rowcast {

    /// System property with the folder of data and logs; the default is `.rowcast` in the checkout.
    public static final String FOLDER = "rowcast.folder";

    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private Rowcast() {}

    /// Runs until SIGINT or SIGTERM. Exits with 1 when the start fails, with 2 when a setting is wrong.
    ///
    /// @param arguments none; the environment has the settings, see [RunSettings#of]
    public static void main(String[] arguments) throws InterruptedException {
        Terminal terminal = new Terminal(System.out);
        try {
            run(RunSettings.of(System.getenv()), Checkout.find(), terminal);
        } catch (IllegalArgumentException wrongSetting) {
            terminal.failure(wrongSetting.getMessage());
            System.exit(MISUSED);
        } catch (StationFailure | ManifestException | ContractException failure) {
            terminal.failure(failure.getMessage());
            System.exit(FAILED);
        }
        // The shutdown hook of the system closes it on Ctrl-C.
        new CountDownLatch(1).await();
    }

    @SuppressWarnings("resource") // The shutdown hook closes the system and everything added to it.
    private static void run(RunSettings settings, Checkout checkout, Terminal terminal) {
        Path folder = Optional.ofNullable(System.getProperty(FOLDER))
                .map(Path::of)
                .orElseGet(() -> checkout.resolve(".rowcast"));
        terminal.begin(folder);
        LauncherLog.into(folder.resolve("logs"));
        LocalSystem system = LocalSystem.start(checkout, folder, settings, terminal);
        LoadSwitch load = system.with(new LoadSwitch(
                settings.load(),
                PageSetup.loadTables(system),
                system.stations().postgres().jdbcUrl("app"),
                terminal::line));
        URI page = PageSetup.show(system, settings, load, terminal);
        system.with(new Addresses(system, page, system.addresses()));
        Optional<URI> metrics = settings.metrics()
                ? Optional.of(system.with(Prometheus.start(
                                () -> ports(system),
                                checkout,
                                folder,
                                settings.ports().prometheus(),
                                terminal))
                        .page())
                : Optional.empty();
        terminal.up(system, page, metrics, settings.load());
        load.start();
    }

    private static Map<String, OptionalInt> ports(LocalSystem system) {
        Map<String, OptionalInt> ports = new LinkedHashMap<>();
        system.activators().forEach((function, activator) -> ports.put(function, activator.port()));
        return ports;
    }
}
