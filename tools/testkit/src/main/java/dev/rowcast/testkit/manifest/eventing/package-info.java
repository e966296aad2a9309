/// The manifests of Knative Eventing: a `KafkaSource` or a `KafkaSink` is read, a record of its settings is returned.
package dev.rowcast.testkit.manifest.eventing;
