/// Between a source and its function: events come in, go out in another order and several times, and everything that
/// was
/// answered is written down.
package dev.rowcast.proof.chaos.delivery;
