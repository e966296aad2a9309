/// The whole system as one thing that can be started and stopped: manifests of the checkout come in, out come running
/// stations, functions at zero, sources that deliver, and the addresses of all of it.
///
/// What stands in the manifests is done as they say; only addresses and credentials are filled in.
package dev.rowcast.local.run;
