package dev.rowcast.local.kafka;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/// Settings of a Kafka process, in Kafka's own names, in three layers.
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
    /// @param file a properties file, such as what a manifest says
    /// @param fixed hold whatever the file says: addresses, folders, and what one machine cannot do otherwise
    /// @throws IOException when the file cannot be read
    static Settings layered(Map<String, String> defaults, Optional<Path> file, Map<String, String> fixed)
            throws IOException {
        Map<String, String> values = new TreeMap<>(defaults);
        if (file.isPresent()) {
            Properties read = new Properties();
            try (Reader reader = Files.newBufferedReader(file.get())) {
                read.load(reader);
            }
            read.stringPropertyNames().forEach(name -> values.put(name, read.getProperty(name)));
        }
        values.putAll(fixed);
        return new Settings(values);
    }
}
