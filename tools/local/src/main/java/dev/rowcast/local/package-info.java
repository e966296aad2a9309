/// The entry of a local run: the checkout's manifests and the user's settings come in, the whole path runs until
/// Ctrl-C.
package dev.rowcast.local;
