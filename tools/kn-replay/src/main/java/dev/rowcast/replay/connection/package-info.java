/// Where everything is: options and the file of a local run come in, out go the settings of Kafka, the address of
/// Postgres, and the functions by their names.
package dev.rowcast.replay.connection;
