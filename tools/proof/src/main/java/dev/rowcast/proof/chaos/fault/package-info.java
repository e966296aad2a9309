/// Faults: a name comes in, a part of the running system is broken and repaired, and the effects that the
/// final check must know go out.
package dev.rowcast.proof.chaos.fault;
