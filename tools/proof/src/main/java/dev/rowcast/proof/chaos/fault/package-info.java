/// What can go wrong: a name comes in, and a part of the system is broken and mended.
package dev.rowcast.proof.chaos.fault;
