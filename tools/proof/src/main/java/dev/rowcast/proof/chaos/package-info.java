/// Proof by breaking: rows change, parts of the real system are killed, frozen, cut off and fed poison, and out comes a
/// verdict for each scenario.
///
/// The promise that is held: whatever is duplicated, reordered, killed or malformed, the captured table equals a fresh
/// scoring of the source table, each index equals its table, and every event that could not be handled is a dead letter
/// with its reason.
package dev.rowcast.proof.chaos;
