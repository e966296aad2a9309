package dev.rowcast.testkit.kafka;

import java.nio.file.Path;
import java.util.List;

/// Arguments of a main, read by place. A wrong one is an [IllegalArgumentException] that says how they are meant.
///
/// @param usage how it is meant
/// @param values the arguments
record ProgramArguments(String usage, List<String> values) {

    /// Reads them.
    ///
    /// @param usage the names of the arguments
    /// @param count how many there must be
    static ProgramArguments of(String usage, int count, String... values) {
        ProgramArguments arguments = new ProgramArguments(usage, List.of(values));
        if (values.length != count) {
            throw arguments.wrong(values.length + " arguments");
        }
        return arguments;
    }

    /// {@return the argument as it is}
    ///
    /// @param place counted from 0
    String text(int place) {
        return values.get(place);
    }

    /// {@return the argument as an absolute path}
    ///
    /// @param place counted from 0
    Path path(int place) {
        return Path.of(values.get(place)).toAbsolutePath().normalize();
    }

    /// {@return the argument as a port, 1 to 65535}
    ///
    /// @param place counted from 0
    int port(int place) {
        String value = values.get(place);
        if (!value.matches("[1-9][0-9]{0,4}") || Integer.parseInt(value) > 0xFFFF) {
            throw wrong("a port of " + value);
        }
        return Integer.parseInt(value);
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("Called with " + what + "; usage: " + usage);
    }
}
