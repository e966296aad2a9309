package dev.rowcast.local.run;

import dev.rowcast.change.debezium.DebeziumNames;
import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.testkit.manifest.KafkaConnectorManifest;
import dev.rowcast.testkit.manifest.Manifests;
import dev.rowcast.testkit.manifest.eventing.KafkaSourceManifest;
import dev.rowcast.testkit.process.StationFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The path of one table, as the manifests lay it: topics, sources, connector and indices.
///
/// @param contract      the contract of the model that scores the table
/// @param predictor     the source that posts its changes to its predictor
/// @param indexer       the source that posts the changes of its captured table to the indexer
/// @param capturedTopic topic of the captured table
/// @param notifications topic of its connector's notifications; empty when the connector sends none
/// @param sourceIndex   index of the source table
/// @param capturedIndex index of the captured table
/// @param action        what happens on a prediction; empty when nothing does
/// @param model         file of the model
public record TablePlan(
        ModelContract contract,
        KafkaSourceManifest predictor,
        KafkaSourceManifest indexer,
        String capturedTopic,
        Optional<String> notifications,
        String sourceIndex,
        String capturedIndex,
        Optional<ActionPlan> action,
        Path model) {

    /// Follows the path of a table through the manifests.
    ///
    /// @param function the predictor of the table
    /// @param model    file of its model
    /// @throws StationFailure naming what the manifests lack
    static TablePlan of(Manifests manifests, String function, Path model, ModelContract contract) {
        ModelContract.Source source = contract.source();
        ModelContract.Captured captured = contract.captured();
        KafkaSourceManifest predictor = manifests.sources().stream()
                .filter(one -> one.service().equals(function))
                .findFirst()
                .orElseThrow(() -> new StationFailure("No KafkaSource posts to Service " + function));
        String sourceTopic = predictor.topics().getFirst();
        KafkaConnectorManifest connector = manifests.connectors().stream()
                .filter(one -> sourceTopic.equals(topic(one, source.schema(), source.table())))
                .findFirst()
                .orElseThrow(() -> new StationFailure("No KafkaConnector has a topic.prefix with which it writes "
                        + source.schema() + "." + source.table() + " to topic " + sourceTopic + ", which KafkaSource "
                        + predictor.name() + " reads"));
        String capturedTopic = topic(connector, captured.schema(), captured.table());
        return new TablePlan(
                contract,
                predictor,
                reader(manifests, topics -> topics.containsAll(List.of(sourceTopic, capturedTopic)), capturedTopic),
                capturedTopic,
                Optional.ofNullable(connector.config().get("notification.sink.topic.name")),
                index(manifests, source.schema(), source.table()),
                index(manifests, captured.schema(), captured.table()),
                ActionPlan.of(manifests, captured, capturedTopic),
                model);
    }

    /// The topic of the source table.
    public String sourceTopic() {
        return predictor.topics().getFirst();
    }

    /// The source table; with its schema unless that is `public`.
    public String title() {
        ModelContract.Source source = contract.source();
        return source.schema().equals("public") ? source.table() : source.schema() + "." + source.table();
    }

    private static String topic(KafkaConnectorManifest connector, String schema, String table) {
        return DebeziumNames.topic(connector.config().get("topic.prefix"), schema, table);
    }

    private static KafkaSourceManifest reader(
            Manifests manifests, Predicate<List<String>> topics, String capturedTopic) {
        return manifests.sources().stream()
                .filter(source -> topics.test(source.topics()))
                .findFirst()
                .orElseThrow(() -> new StationFailure("No KafkaSource posts the changes of topic " + capturedTopic
                        + ", and those of its source table, to the indexer"));
    }

    private static String index(Manifests manifests, String schema, String table) {
        return manifests.indexerTables().stream()
                .map(file -> file.index(schema, table))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new StationFailure("No file in a folder indexer-tables names table " + schema + "."
                        + table + ", so that its rows would have no documents (docs/configuration.md)"));
    }
}
