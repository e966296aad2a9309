/// `kn replay dead-letters`: receives dead letters, and returns a list by reason, function and status, or
/// one dead letter in full, or sends each again to the function that refused it.
package dev.rowcast.replay.deadletter.command;
