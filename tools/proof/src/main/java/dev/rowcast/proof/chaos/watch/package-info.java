/// Readers of the stores while the run goes on: stores come in, out comes whatever went backwards or was acknowledged
/// and
/// is not there.
package dev.rowcast.proof.chaos.watch;
