/// Finds Kafka, Postgres and the functions: receives options and the file of a local run, and returns Kafka
/// clients and addresses.
package dev.rowcast.replay.connection;
