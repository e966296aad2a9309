package dev.rowcast.testkit.manifest.eventing;

import dev.rowcast.testkit.manifest.yaml.ManifestDocument;
import io.fabric8.knative.eventing.v1alpha1.KafkaSink;
import io.fabric8.knative.eventing.v1alpha1.KafkaSinkSpec;

/// A Knative `KafkaSink`: writes events to a topic.
///
/// @param name of the sink
/// @param topic it writes to
public record KafkaSinkManifest(String name, String topic) {

    /// Reads a manifest.
    ///
    /// @throws dev.rowcast.testkit.manifest.yaml.ManifestException that names file and field
    public static KafkaSinkManifest of(ManifestDocument document) {
        KafkaSinkSpec spec = document.required(document.as(KafkaSink.class).getSpec(), "spec");
        if (spec.getContentMode() != null) {
            document.oneOf(spec.getContentMode(), "spec.contentMode", "binary");
        }
        return new KafkaSinkManifest(document.metadata("name"), document.required(spec.getTopic(), "spec.topic"));
    }
}
