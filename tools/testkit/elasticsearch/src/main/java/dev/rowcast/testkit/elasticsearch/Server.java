package dev.rowcast.testkit.elasticsearch;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.node.NodeValidationException;
import org.elasticsearch.plugins.ClassPathPlugins;

/// An Elasticsearch node, in this JVM.
///
/// Acknowledged documents survive a kill of the process: they are in the files of the folder, which the
/// next start reads.
public final class Server {
    private static final String NAME = "Elasticsearch";
    private static final long CLOSE_SECONDS = 20;

    /// A field, because an unreferenced logger is collected and loses its level.
    private static final Logger VECTOR_HINT =
            Logger.getLogger("org.apache.lucene.internal.vectorization.VectorizationProvider");

    private Server() {}

    /// Runs a node until SIGTERM. Ends the JVM with code 1 when it cannot start.
    ///
    /// @param arguments data folder (created when new), HTTP port, transport port
    /// @throws InterruptedException never in practice
    public static void main(String[] arguments) throws InterruptedException {
        try {
            start(ServerArguments.of(arguments));
        } catch (Exception failure) {
            log(NAME + " cannot start: " + failure.getMessage());
            failure.printStackTrace(System.out);
            System.exit(1);
        }
        // All threads of a node are daemons: without this one the JVM would end.
        new CountDownLatch(1).await();
    }

    @SuppressWarnings("resource") // The hook closes the node.
    private static void start(ServerArguments given) throws IOException, NodeValidationException {
        NativeLibraries.unpack(given.folder().resolve("native"));
        // It warns that Lucene's vector code could be faster; this node searches no vectors.
        VECTOR_HINT.setLevel(Level.SEVERE);
        LogConfigurator.configureWithoutConfig(Settings.EMPTY);
        NodeSettings settings =
                new NodeSettings(given.folder(), given.httpPort(), given.transportPort(), given.settings());
        Environment environment = InternalSettingsPreparer.prepareEnvironment(
                settings.all(), Map.of(), settings.configFolder(), () -> NodeSettings.NODE_NAME);
        Node node = new Node(environment, ClassPathPlugins.of(LocalPlugin.class, settings.configFolder()));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(node), "stop"));
        node.start();
        log(NAME + " is ready: 127.0.0.1:" + given.httpPort());
    }

    private static void stop(Node node) {
        try {
            node.prepareForClose();
            node.close();
            if (!node.awaitClose(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                log(NAME + " did not stop within " + CLOSE_SECONDS + " s; what it acknowledged is in its files");
                return;
            }
            log(NAME + " has stopped");
        } catch (IOException failure) {
            log(NAME + " stopped with a failure: " + failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void log(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
