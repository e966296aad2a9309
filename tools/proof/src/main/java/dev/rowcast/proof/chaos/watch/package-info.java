/// Readers of the stores during a run: the stores come in, and the violations go out: positions that fell,
/// and changes that were acknowledged but are missing.
package dev.rowcast.proof.chaos.watch;
