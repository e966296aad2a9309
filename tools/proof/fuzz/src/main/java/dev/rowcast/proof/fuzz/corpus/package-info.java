/// The seed corpus: [recordings][dev.rowcast.proof.fuzz.corpus.Recording] of real connectors come in from
/// the resources and go out as the requests that KafkaSource makes of them.
package dev.rowcast.proof.fuzz.corpus;
