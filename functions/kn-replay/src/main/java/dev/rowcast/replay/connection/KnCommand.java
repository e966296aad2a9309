package dev.rowcast.replay.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rowcast.replay.Misuse;
import dev.rowcast.replay.Unreachable;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The `kn` that this is a plugin of: it knows where services are.
final class KnCommand {

    private static final long PATIENCE_SECONDS = 30;

    private KnCommand() {}

    /// The address of a Knative service.
    ///
    /// @param executable of kn
    /// @throws Misuse when there is no kn
    /// @throws Unreachable when kn cannot say it
    static URI address(String executable, String service, String namespace) {
        List<String> command =
                List.of(executable, "service", "describe", service, "--namespace", namespace, "--output", "url");
        try {
            Process kn = new ProcessBuilder(command).redirectErrorStream(true).start();
            kn.getOutputStream().close();
            String said = new String(kn.getInputStream().readAllBytes(), UTF_8).strip();
            if (!kn.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || kn.exitValue() != 0) {
                throw new Unreachable("`" + String.join(" ", command) + "` says: "
                        + said.lines().findFirst().orElse("nothing"));
            }
            return URI.create(said);
        } catch (IOException noKn) {
            throw new Misuse("ksvc:" + service + " needs kn, and there is no kn on the PATH; give the address itself, "
                    + "such as --sink http://" + service + "." + namespace + ".example.com");
        } catch (IllegalArgumentException noAddress) {
            throw new Unreachable("`" + String.join(" ", command) + "` gives no address");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Unreachable("interrupted while kn looked for " + service);
        }
    }
}
