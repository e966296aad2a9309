/// Queries of the real stations: answers of Kafka, Postgres and Elasticsearch come in, counts and
/// predictions go out.
package dev.rowcast.local.page.station;
