package dev.rowcast.local;

import dev.rowcast.local.run.LocalSystem;
import dev.rowcast.local.run.ProgressLog;
import dev.rowcast.local.run.Stations;

import dev.rowcast.local.load.LoadSettings;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What `make run` prints: progress while it starts, one table of addresses when it is up, then what happens.
public final class Terminal implements ProgressLog {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final PrintStream out;
    private final long begun = System.nanoTime();
    private volatile boolean stopping;

    /// @param out takes the text, a line at a time
    public Terminal(PrintStream out) {
        this.out = out;
    }

    /// Says that it begins.
    ///
    /// @param folder of data and logs
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
    public void stopping(String why) {
        stopping = true;
        out.println();
        line(why);
    }

    /// The table of addresses.
    ///
    /// @param page where the live page is
    /// @param load empty when it is off
    public void up(LocalSystem system, URI page, Optional<LoadSettings> load) {
        Stations stations = system.stations();
        Map<String, String> addresses = new LinkedHashMap<>();
        addresses.put("live page", page.toString());
        addresses.put("Postgres", "psql '" + stations.postgres().uri("app") + "'");
        addresses.put("Elasticsearch", stations.elasticsearch().address());
        addresses.put("Kafka", stations.kafka().address());
        addresses.put("Kafka Connect", stations.connect().address());
        system.functions().forEach(name -> addresses.put(name, system.address(name) + "  (zero until an event)"));
        StringBuilder text = new StringBuilder("\nRowcast is up after %.1f s.\n\n".formatted(seconds()));
        text.append(table(addresses))
                .append('\n')
                .append(load.map(Terminal::words)
                        .orElse("No load (LOAD=off): insert a row yourself and watch it being scored."))
                .append("\nCtrl-C ends everything; the data stays for the next run.\n");
        out.println(text);
        out.flush();
    }

    /// Prints why the start failed. A start that was stopped has not failed.
    public void failure(String message) {
        if (stopping) {
            return;
        }
        out.println("\nRowcast cannot start: " + message);
        out.flush();
    }

    private double seconds() {
        return (System.nanoTime() - begun) / 1e9;
    }

    /// One line for each address, the addresses one below the other however long the names are.
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
        return "Load: %.0f changes a second for %d s, then %d s of quiet, in which the functions go (LOAD=off: none)."
                .formatted(load.rate(), load.burst().toSeconds(), load.pause().toSeconds());
    }
}
