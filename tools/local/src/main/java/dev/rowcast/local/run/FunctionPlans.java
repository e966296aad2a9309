package dev.rowcast.local.run;

import dev.rowcast.local.aot.AotCache;
import dev.rowcast.local.aot.TrainedStart;
import dev.rowcast.local.knative.serving.ServicePlan;
import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.manifest.EnvironmentVariable;
import dev.rowcast.testkit.manifest.KnativeServiceManifest;
import dev.rowcast.testkit.process.StationFailure;
import dev.rowcast.testkit.program.NativeBuild;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Creates the plan of each function's process from its manifest. The environment is that of the manifest,
/// with the addresses and secrets of the run.
///
/// @param checkout  has the built functions
/// @param logs      folder of their logs
/// @param addresses values of variables, by the variable's name
/// @param secrets   values of the secrets, by `<name>/<key>`
/// @param models    resolves the paths of models
/// @param idle      replaces the idle time of every manifest
public record FunctionPlans(
        Checkout checkout,
        Path logs,
        Map<String, String> addresses,
        Map<String, String> secrets,
        ModelFiles models,
        Optional<Duration> idle) {

    /// Where a pod mounts its secrets, which a local run does not have, and the files of the indexer.
    private static final String MOUNTED = "/etc/rowcast/";

    /// A small heap and a quick start, because these processes start often.
    private static final List<String> JVM = List.of(
            "-Xmx160m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "--sun-misc-unsafe-memory-access=allow");

    /// The plans for the shipped table only.
    ///
    /// @param checkout  has the built functions
    /// @param logs      folder of their logs
    /// @param addresses values of variables, by the variable's name
    /// @param secrets   values of the secrets, by `<name>/<key>`
    /// @param idle      replaces the idle time of every manifest
    public static FunctionPlans ofOneTable(
            Checkout checkout,
            Path logs,
            Map<String, String> addresses,
            Map<String, String> secrets,
            Optional<Duration> idle) {
        return new FunctionPlans(checkout, logs, addresses, secrets, new ModelFiles(checkout, List.of()), idle);
    }

    /// The plan of the process of a function.
    public ServicePlan plan(KnativeServiceManifest manifest) {
        return new ServicePlan(
                manifest.name(),
                () -> command(manifest),
                // Corresponds to the root of an image, which contains the model.
                checkout.resolve("trainer-notebook"),
                environment(manifest),
                new ServicePlan.Scale(
                        manifest.concurrency(),
                        manifest.scale().min() > 0,
                        idle.orElse(manifest.scale().idle()),
                        manifest.timeout(),
                        manifest.timeout()),
                manifest.readyPath(),
                manifest.liveness(),
                logs.resolve(manifest.name() + ".log"));
    }

    /// The start by which the AOT cache of a function is written; empty for a native executable, which has none.
    public Optional<TrainedStart> trained(KnativeServiceManifest manifest) {
        if (NativeBuild.isWanted()) {
            return Optional.empty();
        }
        ServicePlan plan = plan(manifest);
        return Optional.of(new TrainedStart(
                cache(manifest),
                jvm(manifest, List.of()),
                plan.directory(),
                plan.environment(),
                plan.readyPath(),
                logs.resolve("aot-" + manifest.function() + ".log")));
    }

    /// The JAR file of a function.
    ///
    /// @throws StationFailure when the function is not built
    static Path jar(Checkout checkout, String function) {
        Path jar = checkout.resolve("functions/" + function + "/target/quarkus-app/quarkus-run.jar");
        if (!Files.isReadable(jar)) {
            throw new StationFailure("Function " + function + " is not built (" + jar + " is missing): make build");
        }
        return jar;
    }

    /// Requires that a function is built, as a JAR file or as a native executable.
    ///
    /// @throws StationFailure when the function is not built
    static void requireBuilt(Checkout checkout, String function) {
        if (NativeBuild.isWanted()) {
            NativeBuild.command(checkout.resolve("functions/" + function + "/target"));
        } else {
            jar(checkout, function);
        }
    }

    private List<String> command(KnativeServiceManifest manifest) {
        return NativeBuild.isWanted()
                ? NativeBuild.command(checkout.resolve("functions/" + manifest.function() + "/target"))
                : jvm(manifest, cache(manifest).options());
    }

    private List<String> jvm(KnativeServiceManifest manifest, List<String> cacheOptions) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        // Crash reports go to the logs; the default is the working folder, which is in the checkout.
        command.add("-XX:ErrorFile=" + logs.resolve("hs_err_" + manifest.name() + "_%p.log"));
        command.addAll(cacheOptions);
        command.addAll(List.of("-jar", jar(checkout, manifest.function()).toString()));
        return List.copyOf(command);
    }

    private AotCache cache(KnativeServiceManifest manifest) {
        return AotCache.of(checkout.cache(), manifest.function(), JVM, jar(checkout, manifest.function()));
    }

    private Map<String, String> environment(KnativeServiceManifest manifest) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (EnvironmentVariable variable : manifest.environment()) {
            if (variable instanceof EnvironmentVariable.Literal(String name, String value)
                    && value.startsWith(MOUNTED)
                    && !addresses.containsKey(name)) {
                continue;
            }
            environment.put(
                    variable.name(),
                    switch (variable) {
                        case EnvironmentVariable.Literal(String name, String value) ->
                            addresses.getOrDefault(name, models.resolve(value));
                        case EnvironmentVariable.FromSecret secret -> secret(manifest, secret);
                    });
        }
        return environment;
    }

    private String secret(KnativeServiceManifest manifest, EnvironmentVariable.FromSecret variable) {
        String key = variable.secret() + "/" + variable.key();
        // A table whose manifests name another server has logins of its own; a local run has one server.
        String ofTheServer = key.replaceFirst("^rowcast-postgres-.*-(?=[a-z]+-login/)", "rowcast-postgres-");
        return Optional.ofNullable(secrets.get(ofTheServer))
                .orElseThrow(() -> new StationFailure("Service " + manifest.name() + " takes " + variable.name()
                        + " from secret " + key + ", which a local run does not have"));
    }
}
