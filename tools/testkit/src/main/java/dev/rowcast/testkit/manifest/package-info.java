/// The manifests of the checkout for a local run. In: the YAML files that the kustomizations list, read as
/// the types that their makers publish. Out: records of the fields that a local run uses. An unknown,
/// missing or ill-typed field is an error of one line with file and field, so a wrong manifest fails here
/// before it fails on a cluster.
///
/// ```java
/// Manifests manifests = Manifests.read(checkout.root());
/// manifests.kafkaConfig(); manifests.connect(); manifests.indexTemplates();
/// manifests.topics(); manifests.connectors(); manifests.services(); manifests.sources();
/// manifests.deadLetterTopic(source); manifests.service(source);
/// ```
package dev.rowcast.testkit.manifest;
