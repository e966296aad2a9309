package dev.rowcast.testkit.manifest.eventing;

import dev.rowcast.testkit.manifest.yaml.ManifestDocument;
import io.fabric8.knative.duck.v1.Destination;
import io.fabric8.knative.duck.v1.KReference;
import io.fabric8.knative.sources.v1.KafkaSource;
import io.fabric8.knative.sources.v1.KafkaSourceSpec;
import java.util.List;
import java.util.Map;

/// A Knative `KafkaSource`: posts the records of topics to a function.
///
/// @param namespace of the source; part of the `ce-source` of its events
/// @param name of the source
/// @param topics it reads
/// @param consumerGroup that commits its offsets
/// @param initialOffset `earliest` or `latest`: where a group without offsets starts
/// @param ordering `ordered` or `unordered`
/// @param consumers instances that share the partitions
/// @param delivery retries and dead letters
/// @param service name of the Knative `Service` that receives the events
/// @param extensions attributes added to each event (`ceOverrides`)
public record KafkaSourceManifest(
        String namespace,
        String name,
        List<String> topics,
        String consumerGroup,
        String initialOffset,
        String ordering,
        int consumers,
        SourceDelivery delivery,
        String service,
        Map<String, String> extensions) {

    /// Copies the collections.
    public KafkaSourceManifest {
        topics = List.copyOf(topics);
        extensions = Map.copyOf(extensions);
    }

    /// Reads a manifest.
    ///
    /// @throws dev.rowcast.testkit.manifest.yaml.ManifestException that names file and field
    public static KafkaSourceManifest of(ManifestDocument document) {
        KafkaSourceSpec spec = document.required(document.as(KafkaSource.class).getSpec(), "spec");
        List<String> topics = spec.getTopics();
        if (topics.isEmpty()) {
            throw document.wrong("spec.topics", topics, "at least one topic");
        }
        return new KafkaSourceManifest(
                document.metadata("namespace"),
                document.metadata("name"),
                topics,
                document.required(spec.getConsumerGroup(), "spec.consumerGroup"),
                document.oneOf(spec.getInitialOffset(), "spec.initialOffset", "earliest", "latest"),
                document.oneOf(spec.getOrdering(), "spec.ordering", "ordered", "unordered"),
                spec.getConsumers() == null ? 1 : document.count(spec.getConsumers(), "spec.consumers"),
                SourceDelivery.of(document.required(spec.getDelivery(), "spec.delivery"), document),
                reference(spec.getSink(), "Service", "spec.sink", document),
                spec.getCeOverrides() == null ? Map.of() : spec.getCeOverrides().getExtensions());
    }

    /// {@return the name in the `ref` of a destination}
    static String reference(Destination destination, String kind, String path, ManifestDocument document) {
        KReference ref = document.required(document.required(destination, path).getRef(), path + ".ref");
        document.required(ref.getApiVersion(), path + ".ref.apiVersion");
        document.oneOf(ref.getKind(), path + ".ref.kind", kind);
        return document.required(ref.getName(), path + ".ref.name");
    }
}
