/// The entry of `make run`: the user's settings and the checkout's manifests come in, and the whole
/// system runs until Ctrl-C. Progress and addresses go out to the terminal, to `addresses.json` and to
/// the live page.
package dev.rowcast.local;
