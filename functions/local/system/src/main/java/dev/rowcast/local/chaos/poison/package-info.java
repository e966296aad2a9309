/// Events that nobody can handle, put straight into the source topic, and what must become of each.
package dev.rowcast.local.chaos.poison;
