package dev.rowcast.replay.connection;

import dev.rowcast.replay.exit.UsageException;
import java.net.URI;
import java.util.Optional;

/// Finds the address at which a function receives events: in the local run if there is one, else by the
/// pattern of the services' addresses if there is one, otherwise through `kn`.
///
/// @param localRun the run whose functions are used
/// @param services the address of every service, with `NAME` and `NAMESPACE` for its own
/// @param namespace of the Knative services
public record FunctionAddresses(Optional<LocalRun> localRun, Optional<String> services, String namespace) {

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
        return localRun.map(run -> run.function(name))
                .or(() -> services.map(pattern -> service(pattern, name)))
                .orElseGet(() -> KnCommand.address("kn", name, namespace));
    }

    private URI service(String pattern, String name) {
        if (!pattern.contains("NAME")) {
            throw new UsageException("--service-url " + pattern + " has no NAME for the name of the service");
        }
        return url(pattern.replace("NAMESPACE", namespace).replace("NAME", name));
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
