/// Starts and stops the whole system: the manifests of the checkout come in; running stations, functions at
/// zero, sources that deliver, and their addresses go out.
///
/// The system follows the manifests; only addresses and credentials are specific to a run.
package dev.rowcast.local.run;
