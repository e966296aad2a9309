/// A real Elasticsearch node on one machine, in its own JVM, so that a test can kill it.
///
/// In: a data folder and two ports, as arguments of [dev.rowcast.testkit.elasticsearch.Server]. Out: HTTP
/// on 127.0.0.1, and one line on standard output when it is ready. Warnings and errors are written to
/// standard output too.
///
/// The build writes two inputs of a launch into `target`: `classpath` (one line) and `jvm.flags` (one flag
/// a line).
///
///     java $(cat target/jvm.flags) -cp $(cat target/classpath) dev.rowcast.testkit.elasticsearch.Server \
///         <data folder> <HTTP port> <transport port>
///
/// The flags: a small heap, the serial collector and the first compiler tier, because the process is small
/// and starts often; native access, because Lucene maps files and calls zstd; Netty without `Unsafe` and
/// without a buffer cache for each thread, as in Elasticsearch's own start script.
///
/// Missing, because they are no Maven artefacts: scripts, reindex, update and delete by query, ingest
/// processors, lifecycle management, security. The server's licence (ELv2, AGPLv3 or SSPL) allows
/// development and tests; no image contains it.
package dev.rowcast.testkit.elasticsearch;
