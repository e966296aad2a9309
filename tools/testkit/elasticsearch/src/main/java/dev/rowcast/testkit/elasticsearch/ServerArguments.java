package dev.rowcast.testkit.elasticsearch;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the main is called with.
///
/// @param folder where the node keeps everything, absolute
/// @param httpPort the port for clients, 1 to 65535
/// @param transportPort the port between nodes, which a node opens though it has no neighbours, 1 to 65535
/// @param settings settings of the node by Elasticsearch's names, beside those that a local node needs
record ServerArguments(Path folder, int httpPort, int transportPort, Map<String, String> settings) {
    private static final String USAGE = "Server <data folder> <HTTP port> <transport port> [<setting>=<value> ...]";

    /// Reads them.
    ///
    /// @throws IllegalArgumentException with the usage, when they are fewer than three, a port is none, or a
    ///     setting has no value
    static ServerArguments of(String... values) {
        if (values.length < 3) {
            throw wrong(values.length + " arguments");
        }
        Map<String, String> settings = new TreeMap<>();
        for (String setting : List.of(values).subList(3, values.length)) {
            int sign = setting.indexOf('=');
            if (sign < 1) {
                throw wrong("a setting of " + setting);
            }
            settings.put(setting.substring(0, sign), setting.substring(sign + 1));
        }
        return new ServerArguments(
                Path.of(values[0]).toAbsolutePath().normalize(), port(values[1]), port(values[2]), settings);
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
