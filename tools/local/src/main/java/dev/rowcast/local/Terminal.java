package dev.rowcast.local;

import dev.rowcast.local.load.LoadSettings;
import dev.rowcast.local.run.LocalSystem;
import dev.rowcast.local.run.ProgressLog;
import dev.rowcast.local.run.Stations;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The output of `make run`: progress during the start, then a table of addresses, then events.
public final class Terminal implements ProgressLog {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final PrintStream out;
    private final long started = System.nanoTime();
    private volatile boolean stopping;

    /// @param out receives the lines
    public Terminal(PrintStream out) {
        this.out = out;
    }

    /// Prints the first line.
    ///
    /// @param folder folder of data and logs
    public void begin(Path folder) {
        out.println("Rowcast starts. Data and logs: " + folder + " (make clean-data removes them)");
        out.flush();
    }

    @Override
    public void line(String text) {
        out.println(CLOCK.format(LocalTime.now(ZoneId.systemDefault())) + "  " + text);
        out.flush();
    }

    @Override
    public void stopping(String text) {
        stopping = true;
        out.println();
        line(text);
    }

    /// Prints the table of addresses.
    ///
    /// @param page    address of the live page
    /// @param metrics page of Prometheus; empty when it does not run
    /// @param load    empty when it is off
    public void up(LocalSystem system, URI page, Optional<URI> metrics, Optional<LoadSettings> load) {
        Stations stations = system.stations();
        Map<String, String> addresses = new LinkedHashMap<>();
        addresses.put("live page", page.toString());
        metrics.ifPresent(address -> addresses.put("Prometheus", address + "  (alerts, targets and queries)"));
        addresses.put("Postgres", "psql '" + stations.postgres().uri("app") + "'");
        addresses.put("Elasticsearch", stations.elasticsearch().address());
        addresses.put("Kafka", stations.kafka().address());
        addresses.put("Kafka Connect", stations.connect().address());
        system.functions().forEach(name -> addresses.put(name, system.address(name) + "  (at zero until an event)"));
        StringBuilder text =
                new StringBuilder("\nRowcast is up after %.1f s.\n\n".formatted((System.nanoTime() - started) / 1e9));
        text.append(table(addresses))
                .append('\n')
                .append(load.map(Terminal::words).orElse("No load (LOAD=off): insert a row yourself to see it scored."))
                .append("\nCtrl-C stops everything; the next run continues with the data.\n");
        out.println(text);
        out.flush();
    }

    /// Prints why the start failed. After [#stopping] it prints nothing, because the failure
    /// is a consequence.
    public void failure(String message) {
        if (stopping) {
            return;
        }
        out.println("\nRowcast cannot start: " + message);
        out.flush();
    }

    /// One line per address; all addresses start in the same column.
    static String table(Map<String, String> addresses) {
        int width = addresses.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder table = new StringBuilder();
        addresses.forEach((name, address) -> table.append("  ")
                .append(name)
                .repeat(' ', width - name.length() + 2)
                .append(address)
                .append('\n'));
        return table.toString();
    }

    private static String words(LoadSettings load) {
        return "Load: %.0f changes per second for %d s, then a pause of %d s, in which the functions scale to zero (LOAD=off: none)."
                .formatted(load.rate(), load.burst().toSeconds(), load.pause().toSeconds());
    }
}
