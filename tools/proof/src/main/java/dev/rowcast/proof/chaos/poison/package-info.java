/// Events that nobody can handle, put straight into the source topic, and what must become of each.
package dev.rowcast.proof.chaos.poison;
