package dev.rowcast.testkit.program;

import dev.rowcast.testkit.process.StationFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// A Java program that the build prepared.
///
/// @param javaHome the JDK that runs it
/// @param classpath jars only, because the JVM archives no classes from folders
/// @param flags of the JVM
/// @param mainClass the class to run
public record JavaProgram(Path javaHome, String classpath, List<String> flags, String mainClass) {

    /// Copies the flags.
    public JavaProgram {
        flags = List.copyOf(flags);
    }

    /// Reads the files that the build wrote.
    ///
    /// @param target the folder of `classpath` (one line) and `jvm.flags` (one flag a line)
    /// @param mainClass the class to run
    /// @return the program
    /// @throws StationFailure when it was not built
    public static JavaProgram builtIn(Path target, String mainClass) {
        try {
            return new JavaProgram(
                    Path.of(System.getProperty("java.home")),
                    Files.readString(target.resolve("classpath")).strip(),
                    Files.readAllLines(target.resolve("jvm.flags")).stream()
                            .filter(flag -> !flag.isBlank())
                            .toList(),
                    mainClass);
        } catch (IOException missing) {
            throw new StationFailure(mainClass + " is not built: " + missing.getMessage() + " is missing", missing);
        }
    }

    /// {@return the command line}
    ///
    /// @param arguments of the program
    public List<String> command(List<String> arguments) {
        return command(List.of(), arguments);
    }

    /// The command line with a [ClassArchive].
    ///
    /// @param archives the folder of archives
    /// @param name prefix of the archive's name
    /// @param arguments of the program
    /// @return the command line
    public List<String> command(Path archives, String name, List<String> arguments) {
        Path file = archives.resolve(name + "-" + fingerprint() + ".jsa");
        return command(ClassArchive.in(file).options(), arguments);
    }

    private List<String> command(List<String> sharing, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin/java").toString());
        command.addAll(flags);
        command.addAll(sharing);
        command.addAll(List.of("-cp", classpath, mainClass));
        command.addAll(arguments);
        return List.copyOf(command);
    }

    private String fingerprint() {
        String all = String.join("\n", Runtime.version().toString(), javaHome.toString(), classpath, flags.toString());
        return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
