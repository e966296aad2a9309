package dev.rowcast.testkit.folder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/// A folder for tests of scripts: it has some files of the checkout, and stand-ins for what the scripts call.
///
/// @param root its root folder
public record ScriptFolder(Path root) {

    /// A script that has ended.
    ///
    /// @param code    its exit code
    /// @param printed both of its outputs
    public record Ended(int code, String printed) {}

    /// Copies a file of the checkout to the same place.
    public void copy(String file) throws IOException {
        write(file, Files.readString(Checkout.find().resolve(file)));
    }

    /// Writes an executable file.
    ///
    /// @return the file
    public Path write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /// Runs a script of the folder, which finds the programs in its `bin` first, until its end.
    ///
    /// @param environment variables in addition to those of this process
    /// @param command     the script, relative to the folder, and its arguments
    public Ended run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        List<String> arguments = List.of(command).subList(1, command.length);
        ProcessBuilder script = new ProcessBuilder(root.resolve(command[0]).toString()).redirectErrorStream(true);
        script.command().addAll(arguments);
        script.environment().put("PATH", root.resolve("bin") + ":" + System.getenv("PATH"));
        script.environment().putAll(environment);
        Process process = script.start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ended(process.waitFor(), printed);
    }
}
