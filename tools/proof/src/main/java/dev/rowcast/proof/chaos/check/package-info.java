/// After a run: waits until the path is drained, and compares source, captured table, indices, poison, dead
/// letters and offsets with each other. The result goes out.
package dev.rowcast.proof.chaos.check;
