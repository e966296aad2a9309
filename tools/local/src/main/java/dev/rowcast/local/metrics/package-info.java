/// `make run METRICS=yes`: a real Prometheus beside the system.
///
/// Input: the alerts of `monitoring/`, and the ports of the functions that run. Output: the files that
/// Prometheus reads, and its process.
package dev.rowcast.local.metrics;
