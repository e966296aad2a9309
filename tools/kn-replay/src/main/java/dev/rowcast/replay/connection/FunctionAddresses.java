package dev.rowcast.replay.connection;

import dev.rowcast.replay.exit.UsageException;
import java.net.URI;
import java.util.Optional;

/// Finds where a function takes events: in the local run when there is one, otherwise through `kn`.
///
/// @param localRun whose functions are meant
/// @param namespace of the services
public record FunctionAddresses(Optional<LocalRun> localRun, String namespace) {

    private static final String SERVICE = "ksvc:";

    /// The address that `--sink` means.
    ///
    /// @param sink `ksvc:NAME`, or a URL
    /// @throws UsageException when it is neither
    public URI sink(String sink) {
        return serviceIn(sink).map(this::address).orElseGet(() -> url(sink));
    }

    /// The name in `ksvc:NAME`; empty when it is something else.
    public static Optional<String> serviceIn(String sink) {
        return sink.startsWith(SERVICE) ? Optional.of(sink.substring(SERVICE.length())) : Optional.empty();
    }

    /// The address of a function.
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
            throw notASink(sink);
        }
        throw notASink(sink);
    }

    private static UsageException notASink(String sink) {
        return new UsageException(sink + " is no sink: give a URL such as http://localhost:8080, or ksvc:NAME");
    }
}
