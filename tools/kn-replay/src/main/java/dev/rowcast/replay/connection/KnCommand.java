package dev.rowcast.replay.connection;

import dev.rowcast.replay.exit.UnreachableException;
import dev.rowcast.replay.exit.UsageException;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Queries `kn` for the addresses of Knative services.
final class KnCommand {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private KnCommand() {}

    /// {@return the address of a Knative service}
    ///
    /// @param executable of kn
    /// @throws UsageException if there is no kn
    /// @throws UnreachableException if kn fails, or does not end within 30 s
    static URI address(String executable, String service, String namespace) {
        return address(executable, service, namespace, TIMEOUT);
    }

    /// @param timeout after which kn is killed
    static URI address(String executable, String service, String namespace, Duration timeout) {
        List<String> command =
                List.of(executable, "service", "describe", service, "--namespace", namespace, "--output", "url");
        String quoted = "`" + String.join(" ", command) + "`";
        Path output = temporaryFile();
        try {
            return URI.create(outputOf(start(command, output, service, namespace), output, quoted, timeout));
        } catch (IllegalArgumentException noAddress) {
            throw new UnreachableException(quoted + " returns no address");
        } catch (IOException unreadable) {
            throw new UnreachableException("the output of " + quoted + " cannot be read: " + unreadable.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UnreachableException("interrupted while kn searched for " + service);
        } finally {
            output.toFile().delete();
        }
    }

    private static Process start(List<String> command, Path output, String service, String namespace) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException noKn) {
            throw new UsageException("ksvc:" + service + " needs kn, and there is no kn on the PATH; give the address,"
                    + " such as --sink http://" + service + "." + namespace + ".example.com");
        }
    }

    /// {@return the output of a process that has ended}. It goes to a file: a pipe stays open as long as a
    /// child of the process holds it.
    private static String outputOf(Process kn, Path output, String quoted, Duration timeout)
            throws IOException, InterruptedException {
        try {
            if (!kn.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new UnreachableException(quoted + " does not end within " + timeout.toSeconds() + " s");
            }
        } finally {
            kn.descendants().forEach(ProcessHandle::destroyForcibly);
            kn.destroyForcibly();
        }
        String text = Files.readString(output).strip();
        if (kn.exitValue() != 0) {
            throw new UnreachableException(
                    quoted + " fails: " + text.lines().findFirst().orElse("no output"));
        }
        return text;
    }

    private static Path temporaryFile() {
        try {
            return Files.createTempFile("kn-", ".txt");
        } catch (IOException noFolder) {
            throw new UnreachableException("kn cannot be started: " + noFolder.getMessage());
        }
    }
}
