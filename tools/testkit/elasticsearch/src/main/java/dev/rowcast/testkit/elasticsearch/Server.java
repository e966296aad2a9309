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
/// What was acknowledged survives a kill of the process: it is in the folder's files, which the next start reads.
public final class Server {
    private static final String NAME = "Elasticsearch";
    private static final long CLOSE_SECONDS = 20;

    /// Held, because a logger that nobody holds forgets its level.
    private static final Logger VECTOR_HINT =
            Logger.getLogger("org.apache.lucene.internal.vectorization.VectorizationProvider");

    private Server() {}

    /// Runs a node until SIGTERM. Ends the JVM with code 1 when it cannot start.
    ///
    /// @param arguments data folder (made when new), HTTP port, transport port
    /// @throws InterruptedException never in practice: nobody interrupts the main thread
    public static void main(String[] arguments) throws InterruptedException {
        try {
            start(ServerArguments.of(arguments));
        } catch (Exception failure) {
            say(NAME + " cannot start: " + failure.getMessage());
            failure.printStackTrace(System.out);
            System.exit(1);
        }
        // All threads of a node are daemons: without this one the JVM would end.
        new CountDownLatch(1).await();
    }

    @SuppressWarnings("resource") // The hook closes the node.
    private static void start(ServerArguments given) throws IOException, NodeValidationException {
        NativeLibraries.unpack(given.folder().resolve("native"));
        // It warns that Lucene's vector code could be faster; nothing here searches vectors.
        VECTOR_HINT.setLevel(Level.SEVERE);
        LogConfigurator.configureWithoutConfig(Settings.EMPTY);
        NodeSettings settings =
                new NodeSettings(given.folder(), given.httpPort(), given.transportPort(), given.settings());
        Environment environment = InternalSettingsPreparer.prepareEnvironment(
                settings.all(), Map.of(), settings.configFolder(), () -> NodeSettings.NODE_NAME);
        Node node = new Node(environment, ClassPathPlugins.of(LocalPlugin.class, settings.configFolder()));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(node), "stop"));
        node.start();
        say(NAME + " is ready: 127.0.0.1:" + given.httpPort());
    }

    private static void stop(Node node) {
        try {
            node.prepareForClose();
            node.close();
            if (!node.awaitClose(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                say(NAME + " did not stop within " + CLOSE_SECONDS + " s; what it acknowledged is in its files");
                return;
            }
            say(NAME + " has stopped");
        } catch (IOException failure) {
            say(NAME + " stopped with a failure: " + failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
