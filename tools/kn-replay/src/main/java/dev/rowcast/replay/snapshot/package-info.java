/// `kn replay snapshot`: receives the names of tables, writes a signal that makes Debezium read them again,
/// and reports Debezium's notifications until the snapshot ends.
package dev.rowcast.replay.snapshot;
