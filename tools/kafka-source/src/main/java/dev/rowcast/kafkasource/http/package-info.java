/// Receives a CloudEvent, sends it as one HTTP request, and returns the response or the extensions of
/// a dead letter.
///
/// KafkaSource and every other client of a function use the same types.
package dev.rowcast.kafkasource.http;
