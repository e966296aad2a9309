/// Dead letters: receives the records of their topic, and returns why each event was refused, the event
/// itself, and the result of sending it again.
package dev.rowcast.replay.deadletter;
