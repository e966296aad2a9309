/// Asks the real stations what the page shows: Kafka, Postgres and Elasticsearch in, counts and predictions out.
package dev.rowcast.local.page.station;
