package dev.rowcast.local.knative.serving;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// A JVM with an activator: starts its function, prints the function's process id, and waits to be killed.
final class ActivatorHost {

    private ActivatorHost() {}

    public static void main(String[] arguments) throws Exception {
        Vertx vertx = Vertx.vertx();
        ServicePlan plan =
                ToyPlan.of(Path.of(arguments[0]), Map.of(), ToyPlan.scale(0, ToyPlan.NEVER, ToyPlan.PATIENCE));
        Activator activator = new Activator(plan, vertx.createHttpClient(), System.err::println);
        ToyPlan.await(ToyPlan.post(activator, 0));
        System.out.println(activator.status().pid().orElseThrow());
        new CountDownLatch(1).await();
    }
}
