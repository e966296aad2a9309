/// A real Elasticsearch node for one machine, in a JVM of its own so that it can be killed.
///
/// In: a data folder and two ports, as arguments of [dev.rowcast.testkit.elasticsearch.Server]. Out: HTTP on 127.0.0.1,
/// and one line on
/// standard output when it serves. Warnings and errors go to standard output too.
///
/// The build writes what it takes to run it into `target`: `classpath` (one line) and `jvm.flags` (one flag a line).
///
///     java $(cat target/jvm.flags) -cp $(cat target/classpath) dev.rowcast.testkit.elasticsearch.Server <data folder>
/// <HTTP port> <transport port>
///
/// The flags: a small heap, the serial collector and the first compiler tier, because the process is small and starts
/// often; native
/// access, because Lucene maps files and calls zstd; Netty without `Unsafe` and without a cache of buffers a thread, as
/// Elasticsearch's own
/// start script has it.
///
/// Not there, because those parts are no Maven artefacts: scripts, reindex, update and delete by query, ingest
/// processors, lifecycle
/// management, security. The server's licence (ELv2, AGPLv3 or SSPL) allows development and tests; nothing of it goes
/// into an image.
package dev.rowcast.testkit.elasticsearch;
