/// A stand-in for Knative on one machine: KafkaSources and Services out of the manifests in, posted events out.
///
/// It is a development tool. On a cluster Knative does this work.
package dev.rowcast.local.knative;
