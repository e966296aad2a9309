package dev.rowcast.testkit.kafka;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/// Settings of a Kafka process, in Kafka's own names, in layers.
///
/// @param values the settings by name
record Settings(Map<String, String> values) {

    /// Copies the values, in the order of their names.
    Settings {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /// Puts the layers on top of each other.
    ///
    /// @param defaults hold where the file says nothing
    /// @param file a properties file: what a manifest says
    /// @param oneCopy hold whatever the file says, because there is one broker
    /// @param fixed hold whatever the file says: addresses and folders
    /// @throws IOException when the file cannot be read
    static Settings layered(
            Map<String, String> defaults, Path file, Map<String, String> oneCopy, Map<String, String> fixed)
            throws IOException {
        Map<String, String> values = new TreeMap<>(defaults);
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            read.load(reader);
        }
        read.stringPropertyNames().forEach(name -> values.put(name, read.getProperty(name)));
        values.putAll(oneCopy);
        values.putAll(fixed);
        return new Settings(values);
    }
}
