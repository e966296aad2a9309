package dev.rowcast.local;

import dev.rowcast.local.load.LoadGenerator;
import dev.rowcast.local.load.LoadSettings;
import dev.rowcast.local.run.Addresses;
import dev.rowcast.local.run.LocalSystem;
import dev.rowcast.local.run.Logs;
import dev.rowcast.local.run.PageInputs;
import dev.rowcast.local.run.RunSettings;
import dev.rowcast.local.run.Terminal;
import dev.rowcast.model.contract.ContractException;
import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.manifest.yaml.ManifestException;
import dev.rowcast.testkit.process.StationFailure;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// `make run`: the whole path on this machine, until Ctrl-C.
///
/// ```
///   settings ─▶ system ─▶ live page ─▶ addresses ─▶ load
/// ```
public final class Rowcast {

    /// System property that names the folder of data and logs; without it that is `.rowcast` in the checkout.
    public static final String FOLDER = "rowcast.folder";

    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private Rowcast() {}

    /// Runs until SIGINT or SIGTERM. Exits with 1 when something cannot be started, with 2 when a setting is wrong.
    ///
    /// @param arguments none; settings come from the environment, see [RunSettings#of]
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
        // Ctrl-C closes the system from its shutdown hook.
        new CountDownLatch(1).await();
    }

    @SuppressWarnings("resource") // The system's shutdown hook closes it and all that was added to it.
    private static void run(RunSettings settings, Checkout checkout, Terminal terminal) {
        Path folder = Optional.ofNullable(System.getProperty(FOLDER))
                .map(Path::of)
                .orElseGet(() -> checkout.resolve(".rowcast"));
        terminal.begin(folder);
        Logs.into(folder.resolve("logs"));
        LocalSystem system = LocalSystem.start(checkout, folder, settings, terminal);
        URI page = PageInputs.show(system, settings, terminal);
        system.with(Addresses.keep(system, page, folder.resolve("addresses.json")));
        terminal.up(system, page, settings.load());
        startLoad(system, settings.load(), terminal);
    }

    private static void startLoad(LocalSystem system, Optional<LoadSettings> load, Terminal terminal) {
        String database = system.stations().postgres().jdbcUrl("app");
        load.ifPresent(settings -> system.contracts()
                .forEach(contract -> system.with(LoadGenerator.start(settings, contract, database, terminal::line))));
    }
}
