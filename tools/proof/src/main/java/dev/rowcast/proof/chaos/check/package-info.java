/// After the run: waits until nothing is under way, and holds source, captured table, indices, poison, dead letters and
/// offsets against each other.
package dev.rowcast.proof.chaos.check;
