package dev.rowcast.local.deadletters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rowcast.local.Rowcast;
import dev.rowcast.local.folder.Checkout;
import dev.rowcast.local.manifest.KafkaSinkManifest;
import dev.rowcast.local.manifest.ManifestException;
import dev.rowcast.local.manifest.Manifests;
import dev.rowcast.local.process.StationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.LogManager;

/// `make dead-letters`: what no function of the running local system would take, and why.
///
/// ```
///   addresses.json ─▶ Kafka ─▶ topic of each KafkaSink ─▶ letters ─▶ report
/// ```
public final class ListDeadLetters {

    private static final int FAILED = 1;

    private ListDeadLetters() {}

    /// Prints the report. Exits with 1 when the system is not up.
    ///
    /// @param arguments none; `REASON` in the environment lists the letters of one reason singly
    public static void main(String[] arguments) {
        // A Kafka that is not there would fill the terminal with what the client has to say of it.
        LogManager.getLogManager().reset();
        try {
            Checkout checkout = Checkout.find();
            Path folder = Optional.ofNullable(System.getProperty(Rowcast.FOLDER))
                    .map(Path::of)
                    .orElseGet(() -> checkout.resolve(".rowcast"));
            Optional<String> reason = Optional.ofNullable(System.getenv("REASON"))
                    .map(String::strip)
                    .filter(text -> !text.isEmpty());
            System.out.print(report(folder, Manifests.read(checkout.root()), reason));
        } catch (StationFailure | ManifestException failure) {
            System.err.println("No dead letters can be listed. " + failure.getMessage());
            System.exit(FAILED);
        }
    }

    /// The report of a running system.
    ///
    /// @param folder of its data, where `addresses.json` lies while it is up
    /// @param manifests name the topics
    /// @param reason of the letters that are listed singly; empty for a table of counts
    /// @throws StationFailure when the system is not up
    static String report(Path folder, Manifests manifests, Optional<String> reason) {
        String kafka = kafka(folder.resolve("addresses.json"));
        StringBuilder text = new StringBuilder();
        manifests.sinks().stream().map(KafkaSinkManifest::topic).distinct().forEach(topic -> {
            Report report = new Report(reason);
            new LetterTopic(kafka, topic).forEach(report::add);
            text.append(report.text(topic));
        });
        return text.toString();
    }

    private static String kafka(Path addresses) {
        if (!Files.exists(addresses)) {
            throw new StationFailure("Rowcast is not up: there is no " + addresses + ". Start it with make run");
        }
        try {
            JsonNode kafka = new JsonMapper().readTree(addresses.toFile()).path("kafka");
            if (kafka.isTextual()) {
                return kafka.textValue();
            }
            throw new StationFailure(addresses + " has no address of Kafka");
        } catch (IOException unreadable) {
            throw new StationFailure(addresses + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }
}
