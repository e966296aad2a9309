/// Reads topics: receives bounds and filters, and returns the records that match, a few megabytes
/// at a time.
package dev.rowcast.replay.read;
