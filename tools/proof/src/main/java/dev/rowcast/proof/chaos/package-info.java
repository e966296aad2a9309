/// Chaos tests: rows change while parts of the real system are killed, frozen, disconnected and sent
/// poison, and a result goes out for each scenario.
///
/// The promise under test: whatever is duplicated, reordered, killed or malformed, the captured table
/// equals a new scoring of the source table, each index equals its table, and every rejected event is a
/// dead letter with its reason.
package dev.rowcast.proof.chaos;
