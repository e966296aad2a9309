/// Poison events: they are written to the source topic, and the reason that each function must give
/// goes out.
package dev.rowcast.proof.chaos.poison;
