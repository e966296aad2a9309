/// The REST interface of a Kafka Connect worker: a connector's settings in, how the connector is out.
package dev.rowcast.testkit.connector;
