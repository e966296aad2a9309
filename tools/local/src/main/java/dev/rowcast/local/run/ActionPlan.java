package dev.rowcast.local.run;

import dev.rowcast.model.contract.ModelContract;
import dev.rowcast.testkit.manifest.EnvironmentVariable;
import dev.rowcast.testkit.manifest.KafkaTopicManifest;
import dev.rowcast.testkit.manifest.KnativeServiceManifest;
import dev.rowcast.testkit.manifest.Manifests;
import dev.rowcast.testkit.manifest.eventing.KafkaSourceManifest;
import java.util.Objects;
import java.util.Optional;

/// What happens on a prediction of a table, as the manifests declare it.
///
/// @param source     posts the changes of the captured table to the function that decides
/// @param schema     schema of the table of cases
/// @param table      table of cases
/// @param eventTopic topic to which the outbox sends the events of cases
/// @param caseIndex  index of the cases
public record ActionPlan(KafkaSourceManifest source, String schema, String table, String eventTopic, String caseIndex) {

    private static final String PREFIX = "ROWCAST_ACTION_";
    private static final String DEFAULT_SCHEMA = "public";
    private static final String ROUTE = "transforms.route.route.topic.replacement";

    /// The action on the predictions of a table; empty when no function has one.
    static Optional<ActionPlan> of(Manifests manifests, ModelContract.Captured captured, String capturedTopic) {
        return manifests.sources().stream()
                .filter(source -> source.topics().contains(capturedTopic))
                .filter(source -> decidesFor(manifests.service(source), captured))
                .map(source -> of(manifests, captured, source))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static boolean decidesFor(KnativeServiceManifest service, ModelContract.Captured captured) {
        return value(service, "CAPTURED_TABLE").filter(captured.table()::equals).isPresent()
                && value(service, "CAPTURED_SCHEMA").orElse(DEFAULT_SCHEMA).equals(captured.schema());
    }

    private static Optional<ActionPlan> of(
            Manifests manifests, ModelContract.Captured captured, KafkaSourceManifest source) {
        KnativeServiceManifest service = manifests.service(source);
        Optional<String> aggregate = value(service, "EVENT_AGGREGATE");
        Optional<String> topic = aggregate.flatMap(name -> topic(manifests, name));
        Optional<String> table = value(service, "CASES_TABLE");
        if (topic.isEmpty() || table.isEmpty()) {
            return Optional.empty();
        }
        String index = manifests.indexerTables().stream()
                .map(file -> file.casesIndex(captured.schema(), captured.table()))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(aggregate::get);
        return Optional.of(new ActionPlan(
                source, value(service, "CASES_SCHEMA").orElse(DEFAULT_SCHEMA), table.get(), topic.get(), index));
    }

    private static Optional<String> topic(Manifests manifests, String aggregate) {
        return manifests.connectors().stream()
                .map(connector -> connector.config().get(ROUTE))
                .filter(Objects::nonNull)
                .map(route -> route.replace("${routedByValue}", aggregate))
                .filter(topic -> manifests.topics().stream()
                        .map(KafkaTopicManifest::name)
                        .anyMatch(topic::equals))
                .findFirst();
    }

    private static Optional<String> value(KnativeServiceManifest service, String name) {
        return service.environment().stream()
                .filter(EnvironmentVariable.Literal.class::isInstance)
                .map(EnvironmentVariable.Literal.class::cast)
                .filter(variable -> variable.name().equals(PREFIX + name))
                .map(EnvironmentVariable.Literal::value)
                .findFirst();
    }
}
