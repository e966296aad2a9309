/// A real Kafka broker and a real Kafka Connect worker for one machine, each in a JVM of its own so that it can be
/// killed.
///
/// In: a data folder and ports, as arguments of [dev.rowcast.testkit.kafka.Broker] and
/// [dev.rowcast.testkit.kafka.ConnectWorker],
/// and a file of settings in Kafka's own names. Out: listeners on 127.0.0.1, and one line on standard output when they
/// serve.
/// Warnings and errors go to standard output too.
///
/// The build writes what it takes to run them into `target`: `classpath` (one line), `jvm.flags` (one flag a line: a
/// small
/// heap, the serial collector and the first compiler tier, because both processes are small and start often) and
/// `plugins` (the Debezium connector for Postgres).
///
///     java $(cat target/jvm.flags) -cp $(cat target/classpath) dev.rowcast.testkit.kafka.Broker \
///         <data folder> <port> <port> <settings file>
package dev.rowcast.testkit.kafka;
