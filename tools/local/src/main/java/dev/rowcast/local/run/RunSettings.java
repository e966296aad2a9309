package dev.rowcast.local.run;

import dev.rowcast.local.load.DurationText;
import dev.rowcast.local.load.LoadSettings;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The user's settings of `make run`, which override the manifests.
///
/// @param load  load on the source table; empty for none
/// @param idle  time without an event after which a function scales to zero; empty for the manifest's
/// @param ports ports of the stations
/// @param also  folders with manifests, schema and model of more tables, such as `examples/loan`
/// @param metrics a Prometheus runs beside the system
public record RunSettings(
        Optional<LoadSettings> load, Optional<Duration> idle, Ports ports, List<String> also, boolean metrics) {

    private static final long SEED = 1;

    /// Copies the list.
    public RunSettings {
        also = List.copyOf(also);
    }

    /// Ports of 127.0.0.1; 0 for any free port.
    ///
    /// @param connect       REST interface of Kafka Connect
    /// @param elasticsearch REST interface of Elasticsearch
    /// @param page          the live page
    public record Ports(
            Choice postgres, Choice kafka, Choice connect, Choice elasticsearch, Choice page, Choice prometheus) {}

    /// A port.
    ///
    /// @param port     the port; 0 for any free port
    /// @param required the user chose it: no other port may replace it
    public record Choice(int port, boolean required) {}

    /// No load, any free ports, and everything else as in the manifests.
    public static RunSettings quiet() {
        Choice any = new Choice(0, true);
        return new RunSettings(
                Optional.empty(), Optional.empty(), new Ports(any, any, any, any, any, any), List.of(), false);
    }

    /// These settings with another idle time.
    public RunSettings withIdle(Duration time) {
        return new RunSettings(load, Optional.of(time), ports, also, metrics);
    }

    /// These settings with more tables.
    ///
    /// @param folders their folders
    public RunSettings withAlso(List<String> folders) {
        return new RunSettings(load, idle, ports, folders, metrics);
    }

    /// Reads the settings from environment variables: `LOAD`, `IDLE`, `POSTGRES_PORT`, `KAFKA_PORT`,
    /// `CONNECT_PORT`, `ELASTICSEARCH_PORT`, `PAGE_PORT`, `PROMETHEUS_PORT`, `ALSO`, `METRICS`.
    ///
    /// @throws IllegalArgumentException with one line that names the variable and its possible values
    public static RunSettings of(Map<String, String> environment) {
        return new RunSettings(
                LoadSettings.parse(environment.getOrDefault("LOAD", ""), SEED),
                Optional.ofNullable(environment.get("IDLE"))
                        .filter(text -> !text.isBlank())
                        .map(RunSettings::idle),
                new Ports(
                        port(environment, "POSTGRES_PORT", 15432),
                        port(environment, "KAFKA_PORT", 19092),
                        port(environment, "CONNECT_PORT", 18083),
                        port(environment, "ELASTICSEARCH_PORT", 19200),
                        port(environment, "PAGE_PORT", 18080),
                        port(environment, "PROMETHEUS_PORT", 19090)),
                also(environment.getOrDefault("ALSO", "")),
                yes(environment, "METRICS"));
    }

    private static boolean yes(Map<String, String> environment, String name) {
        return switch (environment.getOrDefault(name, "").strip()) {
            case "", "no" -> false;
            case "yes" -> true;
            case String other -> throw new IllegalArgumentException(name + " is " + other + ", not yes or no");
        };
    }

    private static List<String> also(String text) {
        List<String> folders = Pattern.compile("[,\\s]+")
                .splitAsStream(text)
                .map(folder -> folder.replaceAll("/+$", ""))
                .filter(folder -> !folder.isEmpty())
                .toList();
        Set<String> seen = new HashSet<>();
        for (String folder : folders) {
            if (!seen.add(folder)) {
                throw new IllegalArgumentException("ALSO names " + folder + " twice");
            }
        }
        return folders;
    }

    private static Duration idle(String text) {
        return DurationText.parse(text.strip())
                .orElseThrow(() -> new IllegalArgumentException(
                        "IDLE is " + text + ", which is no duration such as 500ms, 10s or 1m"));
    }

    private static Choice port(Map<String, String> environment, String name, int defaultPort) {
        String text = environment.getOrDefault(name, "").strip();
        if (text.isEmpty()) {
            return new Choice(defaultPort, false);
        }
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 0xFFFF) {
            throw new IllegalArgumentException(name + " is " + text + ", not a port from 1 to 65535, nor 0 for any");
        }
        return new Choice(Integer.parseInt(text), true);
    }
}
