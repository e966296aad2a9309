package dev.rowcast.replay.connection;

import dev.rowcast.replay.exit.UsageException;
import java.net.URI;
import java.util.Optional;

/// Finds the address at which a function receives events: in the local run if there is one,
/// otherwise through `kn`.
///
/// @param localRun the run whose functions are used
/// @param namespace of the Knative services
public record FunctionAddresses(Optional<LocalRun> localRun, String namespace) {

    private static final String SERVICE = "ksvc:";

    /// {@return the address of a sink}
    ///
    /// @param sink `ksvc:NAME`, or a URL
    /// @throws UsageException if it is neither
    public URI sink(String sink) {
        return serviceIn(sink).map(this::address).orElseGet(() -> url(sink));
    }

    /// {@return the name in `ksvc:NAME`, empty for any other text}
    public static Optional<String> serviceIn(String sink) {
        return sink.startsWith(SERVICE) ? Optional.of(sink.substring(SERVICE.length())) : Optional.empty();
    }

    /// {@return the address of a function}
    public URI address(String name) {
        return localRun.map(run -> run.function(name)).orElseGet(() -> KnCommand.address("kn", name, namespace));
    }

    private static URI url(String sink) {
        try {
            URI url = URI.create(sink);
            if (url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                return url;
            }
        } catch (IllegalArgumentException noUrl) {
            // Reported below, as any other text that is no address.
        }
        throw new UsageException(sink + " is no sink: give a URL such as http://localhost:8080, or ksvc:NAME");
    }
}
