/// Where inputs begin: [recordings][dev.rowcast.proof.fuzz.corpus.Recording] of what the real connectors wrote to the
/// real topics come from the resources, and go out as requests of KafkaSource that nobody has damaged yet.
package dev.rowcast.proof.fuzz.corpus;
