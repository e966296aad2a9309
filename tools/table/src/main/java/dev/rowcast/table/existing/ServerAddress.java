package dev.rowcast.table.existing;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The server of a database that exists, as the pods of a cluster reach it. It never has a user or a password.
///
/// @param host its name or address
/// @param port its port
/// @param database name of the database
/// @param mode how connections are protected: `verify-full`, `verify-ca`, `require` or `disable`
public record ServerAddress(String host, int port, String database, String mode) {

    /// The server of `postgres/cluster.yaml`.
    public static final ServerAddress OF_THE_CLUSTER =
            new ServerAddress("rowcast-postgres-rw.rowcast.svc", 5432, "rowcast", "verify-full");

    private static final int PORT = 5432;
    private static final List<String> MODES = List.of("verify-full", "verify-ca", "require", "disable");
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

    /// The address in a URI, such as `postgresql://postgres@db.example.com:5432/shop?sslmode=verify-full`. A loopback
    /// address is a way to the server of the cluster, such as `kubectl port-forward`: no pod could use it.
    ///
    /// @throws IllegalArgumentException with one line when the URI is wrong
    public static ServerAddress of(String text) {
        URI uri = parsed(text);
        if (LOOPBACK.contains(uri.getHost())) {
            return OF_THE_CLUSTER;
        }
        String database = Optional.ofNullable(uri.getPath()).orElse("").replaceFirst("^/", "");
        if (!database.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException(
                    "EXISTING must end in the name of a database, of letters, digits, _ and -, to be part of the manifests");
        }
        return new ServerAddress(uri.getHost(), uri.getPort() < 0 ? PORT : uri.getPort(), database, mode(uri));
    }

    /// A URI of Postgres.
    ///
    /// @throws IllegalArgumentException with one line, without the URI, which can have a password
    static URI parsed(String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && "postgresql".equals(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException malformed) {
            // The message would repeat the URI, which can have a password.
        }
        throw new IllegalArgumentException("EXISTING is no URI such as postgresql://postgres@localhost:5432/shop");
    }

    private static String mode(URI uri) {
        String query = Optional.ofNullable(uri.getQuery()).orElse("");
        String mode = Arrays.stream(query.split("&", -1))
                .filter(parameter -> parameter.startsWith("sslmode="))
                .map(parameter -> parameter.substring("sslmode=".length()))
                .findFirst()
                .orElse(MODES.getFirst());
        if (!MODES.contains(mode)) {
            throw new IllegalArgumentException(
                    "EXISTING has sslmode=" + mode + ", and must have one of " + String.join(", ", MODES));
        }
        return mode;
    }

    /// Whether it is not the server of `postgres/cluster.yaml`.
    public boolean isElsewhere() {
        return !equals(OF_THE_CLUSTER);
    }

    /// Whether the certificate of the server is verified.
    public boolean isVerified() {
        return mode.startsWith("verify-");
    }

    /// Whether the certificate must have the name of the host.
    public boolean isHostVerified() {
        return mode.equals("verify-full");
    }
}
