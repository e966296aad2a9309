/// The names of a table in Postgres, Kafka, Elasticsearch and Kubernetes. In: the name that the user chose, and the
/// contract. Out: names that each of these systems accepts, or an error of one line.
package dev.rowcast.table.name;
