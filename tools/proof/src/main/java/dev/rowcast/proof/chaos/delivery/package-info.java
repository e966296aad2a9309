/// Between a source and its function: events come in, and go out in another order and several times. A log
/// keeps the answers.
package dev.rowcast.proof.chaos.delivery;
