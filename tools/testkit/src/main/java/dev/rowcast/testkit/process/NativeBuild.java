package dev.rowcast.testkit.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The native executables of functions. They run instead of the JVM when the system property
/// `rowcast.native` is true.
public final class NativeBuild {

    private static final String WANTED = "rowcast.native";

    /// The value of the image.
    private static final String HEAP = "-Xmx96m";

    private NativeBuild() {}

    /// {@return true when functions run as native executables}
    public static boolean isWanted() {
        return Boolean.getBoolean(WANTED);
    }

    /// {@return the command line of the native executable}
    ///
    /// @param target the function's build folder
    /// @throws StationFailure when there is no executable
    public static List<String> command(Path target) {
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.toString().endsWith("-runner") && Files.isExecutable(file))
                    .findFirst()
                    .map(executable -> List.of(executable.toAbsolutePath().toString(), HEAP))
                    .orElseThrow(() ->
                            new StationFailure("There is no native executable in " + target + ": make native-build"));
        } catch (IOException failure) {
            throw new StationFailure("The build in " + target + " cannot be read", failure);
        }
    }

    /// {@return the command line of the native executable, or of the JVM unless native executables
    /// are wanted}
    ///
    /// @param target the function's build folder
    public static List<String> orJvm(Path target) {
        return isWanted()
                ? command(target)
                : List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        target.resolve("quarkus-app/quarkus-run.jar")
                                .toAbsolutePath()
                                .toString());
    }
}
