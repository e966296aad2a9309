/// Requests for a function in, its answers out.
///
/// An activator stands before each Service: it holds requests while the function's process starts, passes on as many
/// at a time as the Service allows, and stops the process when nothing has come for a while.
package dev.rowcast.local.knative.serving;
