package dev.rowcast.local.configuration;

import java.util.Locale;

/// A setting and its default.
///
/// @param name  name in property files; `<name>` is a placeholder
/// @param value default as written, [#NONE] without one
record Setting(String name, String value) implements Comparable<Setting> {

    static final String NONE = "none";

    /// {@return the name of its environment variable}
    static String environmentName(String name) {
        return name.replaceAll("[^a-zA-Z0-9<>]", "_").toUpperCase(Locale.ROOT);
    }

    @Override
    public int compareTo(Setting other) {
        return name.compareTo(other.name);
    }
}
