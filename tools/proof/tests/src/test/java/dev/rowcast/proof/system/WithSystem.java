package dev.rowcast.proof.system;

import dev.rowcast.local.run.LocalSystem;
import dev.rowcast.local.run.RunOverrides;
import dev.rowcast.local.run.RunSettings;
import dev.rowcast.testkit.folder.Checkout;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// A whole system, which the tests of a class share; each class starts its own. So the tests have an order: each
/// continues where the previous one ended.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class WithSystem {

    static final Duration TIMEOUT = Duration.ofMinutes(4);
    static final Checkout CHECKOUT = Checkout.find();
    static final Path MODEL = CHECKOUT.resolve("trainer-notebook/model/churn.onnx");

    @TempDir
    static Path folder;

    static LocalSystem system;
    static Stores stores;

    static void start(RunSettings settings, RunOverrides overrides) throws InterruptedException {
        system = LocalSystem.start(CHECKOUT, folder, settings, overrides, line -> System.out.println("  " + line));
        // The first system of a build writes them; without them each start of a function is slow.
        system.awaitAotCaches();
        stores = new Stores(system);
    }

    @AfterAll
    static void closeSystem() {
        system.close();
    }
}
