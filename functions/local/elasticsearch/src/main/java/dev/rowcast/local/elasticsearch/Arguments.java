package dev.rowcast.local.elasticsearch;

import java.nio.file.Path;

/// What the main is called with.
///
/// @param folder where the node keeps everything, absolute
/// @param httpPort the port for clients, 1 to 65535
/// @param transportPort the port between nodes, which a node opens though it has no neighbours, 1 to 65535
record Arguments(Path folder, int httpPort, int transportPort) {
    private static final String USAGE = "Server <data folder> <HTTP port> <transport port>";

    /// Reads them.
    ///
    /// @throws IllegalArgumentException with the usage, when they are not three or a port is none
    static Arguments of(String... values) {
        if (values.length != 3) {
            throw wrong(values.length + " arguments");
        }
        return new Arguments(Path.of(values[0]).toAbsolutePath().normalize(), port(values[1]), port(values[2]));
    }

    private static int port(String value) {
        if (!value.matches("[1-9][0-9]{0,4}") || Integer.parseInt(value) > 0xFFFF) {
            throw wrong("a port of " + value);
        }
        return Integer.parseInt(value);
    }

    private static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("Called with " + what + "; usage: " + USAGE);
    }
}
