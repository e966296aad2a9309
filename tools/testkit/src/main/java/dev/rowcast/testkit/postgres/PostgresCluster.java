package dev.rowcast.testkit.postgres;

import dev.rowcast.testkit.process.Identity;
import dev.rowcast.testkit.process.Launch;
import dev.rowcast.testkit.process.Signal;
import dev.rowcast.testkit.process.StationFailure;
import dev.rowcast.testkit.process.StationProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.FileUtils;

/// The data folder of one Postgres, and the command that serves it.
///
/// @param programs of Postgres
/// @param folder that holds the cluster's `data` and the log
/// @param identity the user that runs Postgres; Postgres refuses to run as root
public record PostgresCluster(PostgresPrograms programs, Path folder, Identity identity) {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /// Creates the cluster with initdb, unless it exists. An initdb that was killed leaves no
    /// incomplete cluster.
    ///
    /// @param programs of Postgres
    /// @param folder for the cluster
    /// @param superuserPassword the password of the superuser of a new cluster
    /// @return the cluster, complete and not running
    public static PostgresCluster in(PostgresPrograms programs, Path folder, String superuserPassword) {
        try {
            PostgresCluster cluster =
                    new PostgresCluster(programs, folder, PostgresOwner.identityFor(programs, folder.resolve("data")));
            if (Files.exists(cluster.data())) {
                cluster.awaitEndOfLastRun();
            } else {
                cluster.create(superuserPassword);
            }
            return cluster;
        } catch (IOException failure) {
            throw new StationFailure(
                    "The Postgres cluster in " + folder + " cannot be created: " + failure.getMessage(), failure);
        }
    }

    /// {@return the folder that initdb created}
    public Path data() {
        return folder.resolve("data");
    }

    /// {@return the file that Postgres and initdb write their messages to}
    public Path log() {
        return folder.resolve("postgres.log");
    }

    /// {@return the command that serves this cluster on 127.0.0.1, with passwords and logical replication}
    ///
    /// @param port the port
    public Launch server(int port) {
        List<String> command = new ArrayList<>(List.of(programs.program("postgres"), "-D", data().toString()));
        command.addAll(
                List.of("-c", "port=" + port, "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="));
        command.addAll(List.of("-c", "wal_level=logical", "-c", "timezone=UTC", "-c", "log_timezone=UTC"));
        return launch("Postgres", command);
    }

    /// Writes a file into the data folder, which only Postgres can read.
    ///
    /// @param name such as `server.key`
    /// @param text its content
    public void write(String name, String text) {
        Path file = data().resolve(name);
        Path draft = data().resolve(name + ".new");
        try {
            Files.writeString(draft, text);
            PostgresOwner.own(draft, identity);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new StationFailure("The file " + file + " cannot be written: " + failure.getMessage(), failure);
        }
    }

    private void create(String superuserPassword) throws IOException {
        Path draft = folder.resolve("data.new");
        Path passwordFile = folder.resolve("data.password");
        FileUtils.deleteDirectory(draft.toFile());
        Files.createDirectory(draft);
        PostgresOwner.own(draft, identity);
        try {
            Files.writeString(passwordFile, superuserPassword);
            PostgresOwner.own(passwordFile, identity);
            List<String> command = List.of(
                    programs.program("initdb"),
                    "--pgdata=" + draft,
                    "--username=" + Passwords.SUPERUSER,
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--locale=C.UTF-8",
                    "--lc-messages=C",
                    "--no-instructions");
            StationProcess initdb = StationProcess.spawn(launch("initdb", command));
            if (!initdb.awaitEnd(PATIENCE)) {
                initdb.kill(PATIENCE);
            }
            if (initdb.exitCode().orElse(1) != 0) {
                throw new StationFailure("initdb failed. Its last lines in " + log() + ":\n"
                        + String.join("\n", initdb.log().lastLines(15)));
            }
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        Files.move(draft, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    /// A server whose parent was killed ends by itself, but not at once. A server whose machine was
    /// switched off leaves a file with a process id that another program may have now; Postgres would take
    /// that program for a server.
    private void awaitEndOfLastRun() throws IOException {
        Path pidFile = data().resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> last = Files.readAllLines(pidFile).stream()
                .findFirst()
                .flatMap(line -> ProcessHandle.of(Long.parseLong(line.strip())));
        if (last.isEmpty()) {
            return;
        }
        if (!last.get().info().command().orElse("").endsWith("/postgres")) {
            Files.delete(pidFile);
            return;
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (last.get().isAlive()) {
            if (System.nanoTime() > deadline) {
                throw new StationFailure("Postgres still runs on " + data() + " as process "
                        + last.get().pid());
            }
            StationProcess.pause();
        }
    }

    private Launch launch(String name, List<String> command) {
        return new Launch(name, command, Map.of("LC_ALL", "C"), folder, log(), Signal.INT, identity, 0);
    }
}
