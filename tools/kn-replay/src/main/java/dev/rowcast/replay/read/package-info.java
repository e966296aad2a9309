/// Which records of a topic are meant, and reading them: bounds and filters in, records out, never more than a few
/// megabytes at a time.
package dev.rowcast.replay.read;
