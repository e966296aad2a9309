/// The test bed: manifests come in, and Postgres, Kafka and Kafka Connect run, with a result table and a
/// consumer group for each contender.
package dev.rowcast.peers.bed;
