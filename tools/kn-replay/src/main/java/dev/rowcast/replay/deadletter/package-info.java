/// Dead letters: in come the records of their topic, out go what each says of itself, the event that it holds, and what
/// became of it when it was sent again.
package dev.rowcast.replay.deadletter;
