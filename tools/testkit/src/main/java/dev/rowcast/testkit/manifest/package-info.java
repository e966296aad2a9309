/// The manifests of the checkout, as a cluster gets them: YAML files that kustomizations list come in, records of what
/// a
/// local run honours go out. A field that is unknown, missing or ill-typed is one clear line with its file and place,
/// so
/// that a wrong manifest fails here before it fails on a cluster.
///
/// ```java
/// Manifests manifests = Manifests.read(checkout.root());
/// manifests.kafka(); manifests.connect();
/// manifests.topics(); manifests.connectors(); manifests.services(); manifests.sources(); manifests.indexTemplates();
/// manifests.deadLetterTopic(source); manifests.service(source);
/// ```
package dev.rowcast.testkit.manifest;
