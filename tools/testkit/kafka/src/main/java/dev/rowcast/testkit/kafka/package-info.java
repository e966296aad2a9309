/// A real Kafka broker and a real Kafka Connect worker on one machine, each in its own JVM, so that a test
/// can kill it.
///
/// In: a data folder, ports, and a file of settings in Kafka's names, as arguments of
/// [dev.rowcast.testkit.kafka.Broker] and [dev.rowcast.testkit.kafka.ConnectWorker]. Out: listeners on
/// 127.0.0.1, and one line on standard output when they are ready. Warnings and errors are written to
/// standard output too.
///
/// The build writes three inputs of a launch into `target`: `classpath` (one line), `jvm.flags` (one flag a
/// line: a small heap, the serial collector and the first compiler tier, because the processes are small
/// and start often) and `plugins` (the Debezium connector for Postgres).
///
///     java $(cat target/jvm.flags) -cp $(cat target/classpath) dev.rowcast.testkit.kafka.Broker \
///         <data folder> <port> <port> <settings file>
package dev.rowcast.testkit.kafka;
