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

/// The files of one Postgres, and the command that serves them.
///
/// @param programs the programs
/// @param folder the folder that holds the cluster's `data` and the log
/// @param identity whose rights Postgres runs with; it refuses to be root
public record PostgresCluster(PostgresPrograms programs, Path folder, Identity identity) {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /// Makes the cluster with initdb, unless it is there. A start that was killed half way leaves nothing that a later
    /// one would take for
    /// a cluster.
    ///
    /// @param programs the programs
    /// @param folder where the cluster is kept
    /// @param superuserPassword the password that the superuser gets when the cluster is made
    /// @return the cluster, complete and not running
    public static PostgresCluster in(PostgresPrograms programs, Path folder, String superuserPassword) {
        try {
            PostgresCluster cluster =
                    new PostgresCluster(programs, folder, PostgresOwner.identityFor(programs, folder.resolve("data")));
            if (Files.exists(cluster.data())) {
                cluster.awaitEndOfLastRun();
            } else {
                cluster.make(superuserPassword);
            }
            return cluster;
        } catch (IOException failure) {
            throw new StationFailure(
                    "The Postgres cluster in " + folder + " cannot be made: " + failure.getMessage(), failure);
        }
    }

    /// {@return the folder that initdb made}
    public Path data() {
        return folder.resolve("data");
    }

    /// {@return the file that Postgres and initdb write their messages to}
    public Path log() {
        return folder.resolve("postgres.log");
    }

    /// The command that serves this cluster on 127.0.0.1 with passwords, durably, and with everything that logical
    /// replication needs.
    ///
    /// @param port the port
    /// @param parameters further settings; those that make this local win over them
    /// @return what to run
    public Launch server(int port, Map<String, String> parameters) {
        List<String> command = new ArrayList<>(List.of(programs.program("postgres"), "-D", data().toString()));
        parameters.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        command.addAll(
                List.of("-c", "port=" + port, "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="));
        command.addAll(List.of("-c", "wal_level=logical", "-c", "timezone=UTC", "-c", "log_timezone=UTC"));
        return launch("Postgres", command);
    }

    /// Puts a file into the data folder, for Postgres alone to read.
    ///
    /// @param name such as `server.key`
    /// @param text what it holds
    public void keep(String name, String text) {
        Path file = data().resolve(name);
        Path draft = data().resolve(name + ".new");
        try {
            Files.writeString(draft, text);
            PostgresOwner.give(draft, identity);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new StationFailure("The file " + file + " cannot be written: " + failure.getMessage(), failure);
        }
    }

    private void make(String superuserPassword) throws IOException {
        Path draft = folder.resolve("data.new");
        Path passwordFile = folder.resolve("data.password");
        Folders.delete(draft);
        Files.createDirectory(draft);
        PostgresOwner.give(draft, identity);
        try {
            Files.writeString(passwordFile, superuserPassword);
            PostgresOwner.give(passwordFile, identity);
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

    /// A server whose parent was killed ends by itself, but not at once. One whose machine was switched off leaves a
    /// file that names a
    /// process which may be somebody else's by now; Postgres would take it for its own.
    private void awaitEndOfLastRun() throws IOException {
        Path pidFile = data().resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> named = Files.readAllLines(pidFile).stream()
                .findFirst()
                .flatMap(line -> ProcessHandle.of(Long.parseLong(line.strip())));
        if (named.isEmpty()) {
            return;
        }
        if (!named.get().info().command().orElse("").endsWith("/postgres")) {
            Files.delete(pidFile);
            return;
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (named.get().isAlive()) {
            if (System.nanoTime() > deadline) {
                throw new StationFailure("Postgres still runs on " + data() + " as process "
                        + named.get().pid());
            }
            StationProcess.pause();
        }
    }

    private Launch launch(String name, List<String> command) {
        return new Launch(name, command, Map.of("LC_ALL", "C"), folder, log(), Signal.INT, identity);
    }
}
