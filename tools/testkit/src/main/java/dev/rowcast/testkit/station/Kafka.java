package dev.rowcast.testkit.station;

import dev.rowcast.testkit.folder.Checkout;
import dev.rowcast.testkit.folder.DataFolder;
import dev.rowcast.testkit.folder.SettingsFile;
import dev.rowcast.testkit.manifest.KafkaTopicManifest;
import dev.rowcast.testkit.manifest.Manifests;
import dev.rowcast.testkit.process.JavaProgram;
import dev.rowcast.testkit.process.Launch;
import dev.rowcast.testkit.process.Port;
import dev.rowcast.testkit.process.Signal;
import dev.rowcast.testkit.process.StationFailure;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/// A real Kafka broker on 127.0.0.1 in KRaft mode, with the settings of `strimzi/kafka.yaml`.
public final class Kafka extends Station {
    private final DataFolder folder;
    private final int port;
    private final int controllerPort;
    private final Checkout checkout;

    private final Optional<Doors> doors;

    /// A second door, for clients with a certificate; who may do what is asked of everybody who comes in by it.
    private record Doors(int port, Credential server, String authority) {
        Map<String, String> settings() {
            return Map.of(
                    "rowcast.tls.port",
                    Integer.toString(port),
                    "ssl.keystore.type",
                    "PEM",
                    "ssl.keystore.certificate.chain",
                    server.certificate(),
                    "ssl.keystore.key",
                    server.key(),
                    "ssl.truststore.type",
                    "PEM",
                    "ssl.truststore.certificates",
                    authority,
                    "listener.name.tls.ssl.client.auth",
                    "required",
                    "authorizer.class.name",
                    "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                    "super.users",
                    "User:ANONYMOUS");
        }
    }

    private Kafka(DataFolder folder, int port, Checkout checkout, Optional<Doors> doors) {
        super("Kafka");
        this.doors = doors;
        this.folder = folder;
        this.port = Port.choose(port);
        this.controllerPort = Port.choose(0);
        this.checkout = checkout;
    }

    /// A Kafka that is not started yet.
    ///
    /// @param folder its data folder, made if it is missing, locked until [#close]
    /// @param port its port for clients, or 0 for any free one, which it then keeps
    /// @return the station
    public static Kafka in(Path folder, int port) {
        return new Kafka(DataFolder.open(folder), port, Checkout.find(), Optional.empty());
    }

    /// A Kafka that is not started yet, with a port for TLS as on a cluster: clients show a certificate, and may do
    /// what
    /// ACLs allow to the principal `User:CN=…` of it. Who comes in by the other port may do everything.
    ///
    /// @param folder its data folder, made if it is missing, locked until [#close]
    /// @param server who it is
    /// @param authority PEM, who signs for clients
    public static Kafka secured(Path folder, Credential server, String authority) {
        return new Kafka(
                DataFolder.open(folder), 0, Checkout.find(), Optional.of(new Doors(Port.choose(0), server, authority)));
    }

    /// A Kafka on a free port, started, without topics.
    ///
    /// @param folder its data folder, made if it is missing, locked until [#close]
    /// @return the running station
    public static Kafka start(Path folder) {
        Kafka kafka = in(folder, 0);
        try {
            kafka.start();
            return kafka;
        } catch (StationFailure failure) {
            kafka.close();
            throw failure;
        }
    }

    /// Makes its topics what the manifests say. Can be repeated.
    ///
    /// @throws StationFailure when it refuses
    public void createTopics(Collection<KafkaTopicManifest> topics) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()))) {
            new TopicSetup(admin).apply(topics);
        }
    }

    /// Gives its users what `strimzi/users.yaml` says.
    ///
    /// @throws StationFailure when it refuses
    public void createUsers() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()))) {
            new UserSetup(admin).apply(checkout.resolve("strimzi/users.yaml"));
        }
    }

    /// {@return the id that it was given when its folder was made}
    ///
    /// @throws StationFailure when it does not answer
    public String clusterId() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()))) {
            return admin.describeCluster().clusterId().get();
        } catch (ExecutionException silent) {
            throw new StationFailure("Kafka does not say who it is: " + silent.getMessage(), silent);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StationFailure("Interrupted while Kafka is asked who it is", interrupted);
        }
    }

    /// {@return what clients that speak TLS take as `bootstrap.servers`}
    ///
    /// @throws IllegalStateException unless it was made by [#secured]
    public String secureAddress() {
        return "127.0.0.1:"
                + doors.orElseThrow(() -> new IllegalStateException("this Kafka speaks no TLS"))
                        .port();
    }

    /// {@return what clients take as `bootstrap.servers`}
    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public Path log() {
        return folder.resolve("kafka.log");
    }

    @Override
    Launch launch() {
        SettingsFile settings = new SettingsFile(folder.resolve("broker.properties"));
        Map<String, String> values =
                new HashMap<>(Manifests.read(checkout.root()).kafkaConfig());
        doors.ifPresent(more -> values.putAll(more.settings()));
        settings.write(values);
        List<String> arguments = List.of(
                folder.path().toString(),
                Integer.toString(port),
                Integer.toString(controllerPort),
                settings.path().toString());
        JavaProgram broker =
                JavaProgram.builtIn(checkout.resolve("tools/testkit/kafka/target"), "dev.rowcast.testkit.kafka.Broker");
        return Launch.of(name(), broker.command(checkout.cache(), "kafka", arguments), folder.path(), log());
    }

    @Override
    boolean answers() {
        // A client that finds nobody would fill its log.
        if (!Port.isListening(port)) {
            return false;
        }
        Map<String, Object> quick = Map.of(
                "bootstrap.servers", address(),
                "request.timeout.ms", 2_000,
                "default.api.timeout.ms", 2_000);
        try (Admin admin = Admin.create(quick)) {
            return !admin.describeCluster().nodes().get().isEmpty();
        } catch (ExecutionException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StationFailure("Interrupted while Kafka starts", interrupted);
        }
    }

    @Override
    Signal goodbye() {
        return Signal.TERM;
    }

    @Override
    void release() {
        folder.close();
    }
}
