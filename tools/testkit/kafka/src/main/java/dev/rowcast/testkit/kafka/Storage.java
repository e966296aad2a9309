package dev.rowcast.testkit.kafka;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/// The broker's folder of topics.
///
/// @param folder of the topics and the metadata log
record Storage(Path folder) {

    /// Formats the folder, unless that was done before.
    ///
    /// @param nodeId the broker's number
    /// @param controllerListener the name of the controller's listener
    /// @throws Exception when the folder cannot be written, or has other content
    void formatIfNew(int nodeId, String controllerListener) throws Exception {
        // Kafka writes this file last, so an interrupted format is repeated.
        if (Files.exists(folder.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
            return;
        }
        Files.createDirectories(folder);
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(nodeId)
                .setClusterId(Uuid.randomUuid().toString())
                .addDirectory(folder.toString())
                .setMetadataLogDirectory(folder.toString())
                .setControllerListenerName(controllerListener)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .run();
    }
}
