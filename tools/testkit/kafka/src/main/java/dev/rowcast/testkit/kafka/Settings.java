package dev.rowcast.testkit.kafka;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/// Settings of a Kafka process, in Kafka's names.
final class Settings {
    private Settings() {}

    /// Merges settings; a later layer replaces the values of earlier layers.
    ///
    /// @param defaults for settings that the file omits
    /// @param file a properties file with the settings of a manifest
    /// @param oneCopy replication settings of a single broker
    /// @param fixed addresses and folders
    /// @throws IOException when the file cannot be read
    static Map<String, String> layered(
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
        return values;
    }
}
