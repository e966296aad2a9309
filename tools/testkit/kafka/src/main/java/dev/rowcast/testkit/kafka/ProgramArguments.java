package dev.rowcast.testkit.kafka;

import java.nio.file.Path;
import java.util.List;

/// Positional arguments of a program. A wrong argument is an [IllegalArgumentException] with the usage.
///
/// @param usage for error messages
/// @param values the arguments
record ProgramArguments(String usage, List<String> values) {

    /// @param usage the names of the arguments
    /// @param count the expected number of arguments
    static ProgramArguments of(String usage, int count, String... values) {
        ProgramArguments arguments = new ProgramArguments(usage, List.of(values));
        if (values.length != count) {
            throw arguments.wrong(values.length + " arguments");
        }
        return arguments;
    }

    /// {@return an argument}
    ///
    /// @param index from 0
    String text(int index) {
        return values.get(index);
    }

    /// {@return an argument as an absolute path}
    ///
    /// @param index from 0
    Path path(int index) {
        return Path.of(values.get(index)).toAbsolutePath().normalize();
    }

    /// {@return an argument as a port, 1 to 65535}
    ///
    /// @param index from 0
    int port(int index) {
        String value = values.get(index);
        if (!value.matches("[1-9][0-9]{0,4}") || Integer.parseInt(value) > 0xFFFF) {
            throw wrong("a port of " + value);
        }
        return Integer.parseInt(value);
    }

    private IllegalArgumentException wrong(String found) {
        return new IllegalArgumentException("Called with " + found + "; usage: " + usage);
    }
}
