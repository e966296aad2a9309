package dev.rowcast.testkit.station;

import dev.rowcast.testkit.folder.SettingsFile;
import dev.rowcast.testkit.manifest.KafkaTopicManifest;
import dev.rowcast.testkit.manifest.Manifests;
import dev.rowcast.testkit.manifest.yaml.ManifestFiles;
import dev.rowcast.testkit.process.Launch;
import dev.rowcast.testkit.process.Port;
import dev.rowcast.testkit.process.StationFailure;
import dev.rowcast.testkit.tls.CertificateAuthority;
import dev.rowcast.testkit.tls.Credential;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/// A real Kafka broker on 127.0.0.1 in KRaft mode, with the settings of `strimzi/kafka.yaml`.
public final class Kafka extends Station {
    private final int controllerPort = Port.choose(0);
    private final Optional<TlsListener> tls;

    /// A second listener, for clients with a certificate. ACLs apply to its clients only.
    private record TlsListener(int port, CertificateAuthority authority, Credential server) {
        Map<String, String> settings() {
            Map<String, String> settings = authority.kafkaSettings(server);
            settings.put("rowcast.tls.port", Integer.toString(port));
            settings.put("listener.name.tls.ssl.client.auth", "required");
            settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
            settings.put("super.users", "User:ANONYMOUS");
            return settings;
        }
    }

    private Kafka(Path folder, int port, Optional<TlsListener> tls) {
        super("Kafka", "kafka", folder, port);
        this.tls = tls;
    }

    /// Creates a Kafka without starting it.
    ///
    /// @param folder its data folder, created if it is missing, locked until [#close]
    /// @param port its port for clients, or 0 for any free port; it keeps the port
    /// @return the station
    public static Kafka in(Path folder, int port) {
        return new Kafka(folder, port, Optional.empty());
    }

    /// Creates a Kafka with a TLS port as on a cluster, without starting it. A client of that port shows a
    /// certificate and may do what ACLs allow to the principal `User:CN=…`. A client of the other port may
    /// do everything.
    ///
    /// @param folder its data folder, created if it is missing, locked until [#close]
    /// @param authority signs for the broker and for its clients
    public static Kafka secured(Path folder, CertificateAuthority authority) {
        Credential server = authority.issue("broker", "ip:127.0.0.1");
        return new Kafka(folder, 0, Optional.of(new TlsListener(Port.choose(0), authority, server)));
    }

    /// Starts a Kafka on a free port, without topics.
    ///
    /// @param folder its data folder, created if it is missing, locked until [#close]
    /// @return the running station
    public static Kafka start(Path folder) {
        return started(in(folder, 0));
    }

    /// Creates or updates topics according to their manifests. Can be repeated.
    ///
    /// @throws StationFailure when Kafka refuses
    public void createTopics(Collection<KafkaTopicManifest> topics) {
        admin("create the topics", admin -> {
            new TopicSetup(admin).apply(topics);
            return topics;
        });
    }

    /// Creates the ACLs of `strimzi/users.yaml` and of the users of additional tables.
    ///
    /// @param tables folders of the tables, relative to the checkout
    /// @throws StationFailure when Kafka refuses
    public void createUsers(String... tables) {
        ManifestFiles files = new ManifestFiles(checkout.root());
        var users = Stream.concat(Stream.of("strimzi"), Arrays.stream(tables))
                .flatMap(folder -> files.documents(folder + "/users.yaml").stream())
                .toList();
        admin(
                "create the users",
                admin -> admin.createAcls(UserAcls.of(users)).all().get());
    }

    /// {@return the id of the cluster, which was chosen when the folder was formatted}
    ///
    /// @throws StationFailure when Kafka does not answer
    public String clusterId() {
        return admin(
                "describe the cluster",
                admin -> admin.describeCluster().clusterId().get());
    }

    private interface AdminTask<T> {
        T run(Admin admin) throws ExecutionException, InterruptedException;
    }

    private <T> T admin(String action, AdminTask<T> task) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()))) {
            return task.run(admin);
        } catch (ExecutionException refused) {
            Throwable cause = refused.getCause();
            throw new StationFailure("Kafka cannot " + action + ": " + cause.getMessage(), cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StationFailure("Interrupted: Kafka did not " + action, interrupted);
        }
    }

    /// {@return the settings of a client of the TLS port; others can be added}
    ///
    /// @param user that the client proves to be
    /// @throws IllegalStateException unless it was created by [#secured]
    public Map<String, Object> secureClient(Credential user) {
        TlsListener listener = tls.orElseThrow(() -> new IllegalStateException("this Kafka has no TLS listener"));
        Map<String, Object> settings = new HashMap<>(listener.authority().kafkaSettings(user));
        settings.put("bootstrap.servers", "127.0.0.1:" + listener.port());
        settings.put("security.protocol", "SSL");
        return settings;
    }

    @Override
    Launch launch() {
        Map<String, String> values =
                new HashMap<>(Manifests.read(checkout.root()).kafkaConfig());
        tls.ifPresent(listener -> values.putAll(listener.settings()));
        SettingsFile settings = new SettingsFile(folder.resolve("broker.properties"));
        settings.write(values);
        return java(
                "tools/testkit/kafka/target",
                "dev.rowcast.testkit.kafka.Broker",
                List.of(
                        folder.path().toString(),
                        Integer.toString(port),
                        Integer.toString(controllerPort),
                        settings.path().toString()));
    }

    @Override
    boolean isReady() {
        // A client without a broker would fill its log.
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
}
