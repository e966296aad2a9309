/// `kn replay snapshot`: in comes a table, a signal row asks Debezium to read it again, out goes what Debezium notifies
/// of its progress, up to the end.
package dev.rowcast.replay.snapshot;
