package dev.rowcast.local;

import dev.rowcast.local.run.RunSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Checks the settings of `make run`, and `NATIVE` of every target that runs the functions, before the build, which can
/// take minutes. The JDK runs it as source code, so it and the settings import only classes of the JDK.
public final class CheckSettings {

    private static final int MISUSED = 2;

    private CheckSettings() {}

    /// Exits with 2, after one line on standard error, when a setting is wrong.
    ///
    /// @param arguments none; the environment has the settings
    public static void main(String[] arguments) {
        try {
            check(System.getenv(), Path.of(""));
        } catch (IllegalArgumentException wrongSetting) {
            System.err.println(wrongSetting.getMessage());
            System.exit(MISUSED);
        }
    }

    /// Checks the settings of a run in a checkout.
    ///
    /// @throws IllegalArgumentException with one line that names the variable
    static void check(Map<String, String> environment, Path checkout) {
        for (String folder : RunSettings.of(environment).also()) {
            requireTable(checkout, folder);
        }
        switch (environment.getOrDefault("NATIVE", "").strip()) {
            case "", "no" -> {}
            case "yes" -> requireExecutables(checkout);
            case String other -> throw new IllegalArgumentException("NATIVE is " + other + ", not yes or no");
        }
    }

    private static void requireTable(Path checkout, String folder) {
        if (!Files.isReadable(checkout.resolve(folder).resolve("schema.sql"))) {
            throw new IllegalArgumentException("ALSO is " + folder
                    + ", which is no folder of a table such as examples/loan: it has no schema.sql");
        }
    }

    private static void requireExecutables(Path checkout) {
        try (DirectoryStream<Path> services = Files.newDirectoryStream(checkout.resolve("knative"), "service-*.yaml")) {
            for (Path service : services) {
                String function = service.getFileName().toString().replaceAll("service-|\\.yaml", "");
                if (!hasExecutable(checkout.resolve("functions/" + function + "/target/native"))) {
                    throw new IllegalArgumentException(
                            "NATIVE is yes, and function " + function + " has no native executable: make native-build");
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean hasExecutable(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> executables = Files.newDirectoryStream(folder, "*-runner")) {
            return executables.iterator().hasNext();
        }
    }
}
