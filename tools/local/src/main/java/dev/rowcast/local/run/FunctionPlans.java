package dev.rowcast.local.run;

import dev.rowcast.local.knative.serving.ServicePlan;
import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.manifest.EnvironmentVariable;
import dev.rowcast.testkit.manifest.KnativeServiceManifest;
import dev.rowcast.testkit.process.NativeBuild;
import dev.rowcast.testkit.process.StationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Creates the plan of each function's process from its manifest. The environment is that of the manifest,
/// with the addresses and secrets of the run.
///
/// @param checkout  has the built functions
/// @param logs      folder of their logs
/// @param addresses values of variables, by the variable's name
/// @param secrets   values of the secrets, by `<name>/<key>`
/// @param models    resolves the paths of models
/// @param idle      replaces the idle time of every manifest
record FunctionPlans(
        Checkout checkout,
        Path logs,
        Map<String, String> addresses,
        Map<String, String> secrets,
        ModelFiles models,
        Optional<Duration> idle) {

    /// Where a pod mounts its secrets; a local run has no such files.
    private static final String MOUNTED = "/etc/rowcast/";

    /// A small heap and a quick start, because these processes start often.
    private static final List<String> JVM = List.of(
            "-Xmx160m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+AutoCreateSharedArchive",
            "-Xshare:auto",
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "--sun-misc-unsafe-memory-access=allow");

    ServicePlan plan(KnativeServiceManifest manifest) {
        return new ServicePlan(
                manifest.name(),
                command(manifest),
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
        String function = manifest.function();
        if (NativeBuild.isWanted()) {
            return NativeBuild.command(checkout.resolve("functions/" + function + "/target"));
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        // Crash reports go to the logs; the default is the working folder, which is in the checkout.
        command.add("-XX:ErrorFile=" + logs.resolve("hs_err_" + manifest.name() + "_%p.log"));
        Path jar = jar(checkout, function);
        command.add("-XX:SharedArchiveFile=" + checkout.cache().resolve(manifest.name() + "-" + version(jar) + ".jsa"));
        command.addAll(List.of("-jar", jar.toString()));
        return List.copyOf(command);
    }

    /// Each build has its own class archive, because the JVM refuses the archive of another build
    /// with a warning.
    private static String version(Path jar) {
        try (Stream<Path> files = Files.walk(jar.getParent())) {
            return Integer.toHexString(files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .map(file -> file + " " + file.toFile().lastModified())
                    .toList()
                    .hashCode());
        } catch (IOException failure) {
            throw new StationFailure("The build in " + jar.getParent() + " cannot be read", failure);
        }
    }

    private Map<String, String> environment(KnativeServiceManifest manifest) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (EnvironmentVariable variable : manifest.environment()) {
            if (variable instanceof EnvironmentVariable.Literal(String _, String value) && value.startsWith(MOUNTED)) {
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
        return Optional.ofNullable(secrets.get(key))
                .orElseThrow(() -> new StationFailure("Service " + manifest.name() + " takes " + variable.name()
                        + " from secret " + key + ", which a local run does not have"));
    }
}
