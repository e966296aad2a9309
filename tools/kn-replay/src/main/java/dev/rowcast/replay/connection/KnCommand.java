package dev.rowcast.replay.connection;

import dev.rowcast.replay.exit.UsageException;
import dev.rowcast.replay.exit.UnreachableException;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The `kn` that this is a plugin of: it knows where services are.
final class KnCommand {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final File NOTHING = new File("/dev/null");

    private KnCommand() {}

    /// The address of a Knative service.
    ///
    /// @param executable of kn
    /// @throws UsageException when there is no kn
    /// @throws UnreachableException when kn cannot say it, or not within 30 s
    static URI address(String executable, String service, String namespace) {
        return address(executable, service, namespace, PATIENCE);
    }

    /// @param patience how long kn may take, until it is ended
    static URI address(String executable, String service, String namespace, Duration patience) {
        List<String> command =
                List.of(executable, "service", "describe", service, "--namespace", namespace, "--output", "url");
        String asked = "`" + String.join(" ", command) + "`";
        Path said = temporaryFile();
        try {
            return URI.create(outputOf(start(command, said, service, namespace), said, asked, patience));
        } catch (IllegalArgumentException noAddress) {
            throw new UnreachableException(asked + " gives no address");
        } catch (IOException unreadable) {
            throw new UnreachableException(asked + " cannot be read: " + unreadable.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UnreachableException("interrupted while kn looked for " + service);
        } finally {
            said.toFile().delete();
        }
    }

    private static Process start(List<String> command, Path output, String service, String namespace) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(NOTHING))
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException noKn) {
            throw new UsageException("ksvc:" + service + " needs kn, and there is no kn on the PATH; give the address itself, "
                    + "such as --sink http://" + service + "." + namespace + ".example.com");
        }
    }

    /// All that a process has said when it ends. It says it to a file: a pipe stays open while a child of its own has
    /// it.
    private static String outputOf(Process kn, Path output, String asked, Duration patience)
            throws IOException, InterruptedException {
        try {
            if (!kn.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new UnreachableException(asked + " does not end within " + patience.toSeconds() + " s");
            }
        } finally {
            kn.descendants().forEach(ProcessHandle::destroyForcibly);
            kn.destroyForcibly();
        }
        String said = Files.readString(output).strip();
        if (kn.exitValue() != 0) {
            throw new UnreachableException(asked + " says: " + said.lines().findFirst().orElse("nothing"));
        }
        return said;
    }

    private static Path temporaryFile() {
        try {
            return Files.createTempFile("kn-", ".txt");
        } catch (IOException noFolder) {
            throw new UnreachableException("kn cannot be asked: " + noFolder.getMessage());
        }
    }
}
