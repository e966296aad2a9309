/// `kn replay dead-letters`: letters in; out goes a list by reason, function and status, a single letter, or each
/// letter
/// once more to the function that refused it.
package dev.rowcast.replay.deadletter.command;
