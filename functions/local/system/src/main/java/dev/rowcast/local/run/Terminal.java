package dev.rowcast.local.run;

import dev.rowcast.local.load.LoadSettings;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// What `make run` prints: progress while it starts, one table of addresses when it is up, then what happens.
public final class Terminal implements Progress {

    private final PrintStream out;
    private final long begun = System.nanoTime();

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
        out.println(LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS) + "  " + text);
        out.flush();
    }

    /// The table of addresses.
    ///
    /// @param page where the live page is
    /// @param load empty when it is off
    public void up(LocalSystem system, URI page, Optional<LoadSettings> load) {
        Stations stations = system.stations();
        StringBuilder table = new StringBuilder("\nRowcast is up after %.1f s.\n\n".formatted(seconds()));
        row(table, "live page", page.toString());
        row(table, "Postgres", "psql '" + stations.postgres().uri("app") + "'");
        row(table, "Elasticsearch", stations.elasticsearch().address());
        row(table, "Kafka", stations.kafka().address());
        row(table, "Kafka Connect", stations.connect().address());
        system.functions().forEach(name -> row(table, name, system.address(name) + "  (at zero until an event comes)"));
        table.append('\n')
                .append(load.map(Terminal::words)
                        .orElse("No load (LOAD=off): insert a row yourself and watch it being scored."))
                .append("\nCtrl-C ends everything; the data stays for the next run.\n");
        out.println(table);
        out.flush();
    }

    /// Says why it cannot go on.
    public void failure(String message) {
        out.println("\nRowcast cannot start: " + message);
        out.flush();
    }

    private double seconds() {
        return (System.nanoTime() - begun) / 1e9;
    }

    private static void row(StringBuilder table, String what, String where) {
        table.append("  %-15s %s%n".formatted(what, where));
    }

    private static String words(LoadSettings load) {
        return "Load: %.0f changes a second for %d s, then %d s of quiet, in which the functions go (LOAD=off: none)."
                .formatted(load.rate(), load.burst().toSeconds(), load.pause().toSeconds());
    }
}
