/// A stand-in for Knative Serving: requests for a function come in, its answers go out.
///
/// The activator of each Service queues requests while the function's process starts, forwards as many at a
/// time as the Service allows, and stops an idle process. This is a development tool; on a cluster Knative
/// does the work.
package dev.rowcast.local.knative.serving;
