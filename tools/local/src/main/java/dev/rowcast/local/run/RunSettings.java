package dev.rowcast.local.run;

import dev.rowcast.local.load.LoadSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How a local run differs from what the manifests say, as a user writes it behind `make run`.
///
/// @param load changes of the source table that are made; empty for none
/// @param idle time without an event after which a function goes; empty for what its manifest says
/// @param ports where the stations listen
/// @param also folders of the checkout that hold manifests, schema and model of more tables, such as `examples/loan`
public record RunSettings(Optional<LoadSettings> load, Optional<Duration> idle, Ports ports, List<String> also) {

    private static final long SEED = 1;
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s|m)");

    /// Copies the list.
    public RunSettings {
        also = List.copyOf(also);
    }

    /// Ports of 127.0.0.1; 0 for any that is free.
    ///
    /// @param postgres for SQL clients
    /// @param kafka for Kafka clients
    /// @param connect REST interface of Kafka Connect
    /// @param elasticsearch REST interface of Elasticsearch
    /// @param page the live page
    public record Ports(Choice postgres, Choice kafka, Choice connect, Choice elasticsearch, Choice page) {

        /// Any free port for everything, as tests want it.
        public static Ports anyFree() {
            Choice any = new Choice(0, true);
            return new Ports(any, any, any, any, any);
        }
    }

    /// A port.
    ///
    /// @param port the port, 0 for any that is free
    /// @param insisted asked for by the user: another one will not do
    public record Choice(int port, boolean insisted) {}

    /// Nothing but what the manifests say: no load, any free ports.
    public static RunSettings quiet() {
        return new RunSettings(Optional.empty(), Optional.empty(), Ports.anyFree(), List.of());
    }

    /// These settings with another idle time.
    public RunSettings withIdle(Duration time) {
        return new RunSettings(load, Optional.of(time), ports, also);
    }

    /// These settings with one more table.
    ///
    /// @param folder holds its manifests, schema and model
    public RunSettings withTable(String folder) {
        return new RunSettings(
                load,
                idle,
                ports,
                Stream.concat(also.stream(), Stream.of(folder)).toList());
    }

    /// Reads the settings out of an environment: `LOAD`, `IDLE`, `POSTGRES_PORT`, `KAFKA_PORT`, `CONNECT_PORT`,
    /// `ELASTICSEARCH_PORT`, `PAGE_PORT`, `ALSO`.
    ///
    /// @throws IllegalArgumentException in one line that names the variable and what it may be
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
                        port(environment, "PAGE_PORT", 18080)),
                Pattern.compile("[,\\s]+")
                        .splitAsStream(environment.getOrDefault("ALSO", ""))
                        .filter(folder -> !folder.isEmpty())
                        .toList());
    }

    private static Duration idle(String text) {
        Matcher matcher = DURATION.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("IDLE is " + text + ", which is no duration such as 500ms, 10s or 1m");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            default -> Duration.ofMinutes(amount);
        };
    }

    private static Choice port(Map<String, String> environment, String name, int usual) {
        String text = environment.getOrDefault(name, "").strip();
        if (text.isEmpty()) {
            return new Choice(usual, false);
        }
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 0xFFFF) {
            throw new IllegalArgumentException(name + " is " + text + ", not a port from 1 to 65535, nor 0 for any");
        }
        return new Choice(Integer.parseInt(text), true);
    }
}
