package dev.rowcast.testkit.elasticsearch;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Arguments of the server.
///
/// @param folder of all data of the node, absolute
/// @param httpPort the port for clients, 1 to 65535
/// @param transportPort the port between nodes, which a single node opens too, 1 to 65535
/// @param settings further settings of the node, in Elasticsearch's names
record ServerArguments(Path folder, int httpPort, int transportPort, Map<String, String> settings) {
    private static final String USAGE = "Server <data folder> <HTTP port> <transport port> [<setting>=<value> ...]";

    /// @throws IllegalArgumentException with the usage, when there are fewer than three arguments, a port
    ///     is invalid, or a setting has no value
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

    private static IllegalArgumentException wrong(String found) {
        return new IllegalArgumentException("Called with " + found + "; usage: " + USAGE);
    }
}
