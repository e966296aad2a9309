package dev.rowcast.proof.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.process.Launch;
import dev.rowcast.testkit.process.Signal;
import dev.rowcast.testkit.process.StationProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Measures the start of the local system as `make run LOAD=off` starts it, in a process of its own: first on an empty
/// folder, then again and again on the data of the runs before.
public final class Starts {

    private static final int RUNS = 4;
    private static final Duration STOP_PATIENCE = Duration.ofMinutes(2);
    private static final List<String> PORTS =
            List.of("POSTGRES_PORT", "KAFKA_PORT", "CONNECT_PORT", "ELASTICSEARCH_PORT", "PAGE_PORT");

    private Starts() {}

    /// Prints a line for each start.
    ///
    /// @param arguments none
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory(
                Files.createDirectories(Checkout.find().resolve(".rowcast")), "starts-");
        System.out.printf("%6s %10s %20s%n", "start", "up after", "first row scored");
        for (int run = 1; run <= RUNS; run++) {
            start(folder, run);
        }
        System.err.println("Data: " + folder + " (make clean-data removes it)");
    }

    private static void start(Path folder, int run) throws Exception {
        Path addresses = folder.resolve("addresses.json");
        Files.deleteIfExists(addresses);
        long begun = System.nanoTime();
        StationProcess launcher = StationProcess.spawn(launch(folder));
        while (!Files.exists(addresses)) {
            if (!launcher.alive()) {
                throw new IOException("The system ended: " + launcher.log().lastLines(5));
            }
            StationProcess.pause();
        }
        double up = seconds(begun);
        try (CustomerRows rows = new CustomerRows(jdbc(addresses))) {
            rows.insert("START", run, run);
            while (!rows.isPredicted("START-" + run)) {
                StationProcess.pause();
            }
        }
        System.out.printf("%6d %8.1f s %18.1f s%n", run, up, seconds(begun));
        launcher.signal(Signal.TERM);
        if (!launcher.awaitEnd(STOP_PATIENCE)) {
            throw new IOException("The system did not stop: " + launcher.log().lastLines(5));
        }
    }

    private static Launch launch(Path folder) {
        Map<String, String> environment = new TreeMap<>(Map.of("LOAD", "off"));
        PORTS.forEach(port -> environment.put(port, "0"));
        List<String> command = List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Drowcast.folder=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.rowcast.local.Rowcast");
        return Launch.of("the local system", command, Checkout.find().root(), folder.resolve("starts.log"))
                .withEnvironment(environment);
    }

    /// The application's URL, which has its login before the host, where the driver takes it as parameters.
    private static String jdbc(Path addresses) throws IOException {
        URI postgres = URI.create(
                new JsonMapper().readTree(addresses.toFile()).path("postgres").asText());
        String[] login = postgres.getUserInfo().split(":", 2);
        return "jdbc:postgresql://" + postgres.getHost() + ":" + postgres.getPort() + postgres.getPath() + "?user="
                + login[0] + "&password=" + login[1];
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
