package dev.rowcast.local.configuration;

import java.util.Locale;

/// A setting and what holds when nobody sets it.
///
/// @param name its name in property files; `<name>` stands for a word of the user's choice
/// @param value its default as it is written, [#NONE] when there is none
record Setting(String name, String value) implements Comparable<Setting> {

    static final String NONE = "none";

    /// {@return its name in the environment}
    static String environmentName(String name) {
        return name.replaceAll("[^a-zA-Z0-9<>]", "_").toUpperCase(Locale.ROOT);
    }

    @Override
    public int compareTo(Setting other) {
        return name.compareTo(other.name);
    }
}
