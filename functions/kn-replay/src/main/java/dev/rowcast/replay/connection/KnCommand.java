package dev.rowcast.replay.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rowcast.replay.Misuse;
import dev.rowcast.replay.Unreachable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The `kn` that this is a plugin of: it knows where services are.
final class KnCommand {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private KnCommand() {}

    /// The address of a Knative service.
    ///
    /// @param executable of kn
    /// @throws Misuse when there is no kn
    /// @throws Unreachable when kn cannot say it, or not within 30 s
    static URI address(String executable, String service, String namespace) {
        return address(executable, service, namespace, PATIENCE);
    }

    /// @param patience how long kn may take, until it is ended
    static URI address(String executable, String service, String namespace, Duration patience) {
        List<String> command =
                List.of(executable, "service", "describe", service, "--namespace", namespace, "--output", "url");
        String asked = "`" + String.join(" ", command) + "`";
        Process kn;
        try {
            kn = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException noKn) {
            throw new Misuse("ksvc:" + service + " needs kn, and there is no kn on the PATH; give the address itself, "
                    + "such as --sink http://" + service + "." + namespace + ".example.com");
        }
        try {
            String said = outputOf(kn, patience).strip();
            if (kn.exitValue() != 0) {
                throw new Unreachable(
                        asked + " says: " + said.lines().findFirst().orElse("nothing"));
            }
            return URI.create(said);
        } catch (TimeoutException late) {
            throw new Unreachable(asked + " does not end within " + patience.toSeconds() + " s");
        } catch (IOException | ExecutionException unreadable) {
            throw new Unreachable(asked + " cannot be read: " + unreadable.getMessage());
        } catch (IllegalArgumentException noAddress) {
            throw new Unreachable(asked + " gives no address");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Unreachable("interrupted while kn looked for " + service);
        } finally {
            kn.descendants().forEach(ProcessHandle::destroyForcibly);
            kn.destroyForcibly();
        }
    }

    /// All that a process says until it has ended. A child of its own may hold its output open for longer: it is read
    /// beside the wait, so that it cannot make it longer.
    private static String outputOf(Process process, Duration patience)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        long deadline = System.nanoTime() + patience.toNanos();
        process.getOutputStream().close();
        FutureTask<byte[]> output =
                new FutureTask<>(() -> process.getInputStream().readAllBytes());
        Thread.ofVirtual().name("kn-output").start(output);
        if (!process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException();
        }
        return new String(output.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS), UTF_8);
    }
}
