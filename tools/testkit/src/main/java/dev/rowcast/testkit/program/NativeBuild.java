package dev.rowcast.testkit.program;

import dev.rowcast.testkit.process.StationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The native executables of functions, in the folder `native` beside the build for the JVM. They run instead of the
/// JVM when the system property `rowcast.native` is true: `make run NATIVE=yes`, `make native-test`.
public final class NativeBuild {

    private static final String WANTED = "rowcast.native";

    /// Where `make native-build` leaves an executable, below the build folder of its module.
    private static final String FOLDER = "native";

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
        Path folder = target.resolve(FOLDER);
        return executable(folder)
                .map(executable -> List.of(executable.toAbsolutePath().toString(), HEAP))
                .orElseThrow(
                        () -> new StationFailure("There is no native executable in " + folder + ": make native-build"));
    }

    private static Optional<Path> executable(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith("-runner") && Files.isExecutable(file))
                    .findFirst();
        } catch (IOException failure) {
            throw new StationFailure("The build in " + folder + " cannot be read", failure);
        }
    }

    /// {@return the command line of the native executable, or of the JVM unless native executables
    /// are wanted} On the JVM it is made for a quick start: tests start functions often.
    ///
    /// @param target the function's build folder
    public static List<String> orJvm(Path target) {
        if (isWanted()) {
            return command(target);
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(
                ClassArchive.in(target.resolve("function.jsa").toAbsolutePath()).options());
        command.add("-jar");
        command.add(
                target.resolve("quarkus-app/quarkus-run.jar").toAbsolutePath().toString());
        return List.copyOf(command);
    }
}
