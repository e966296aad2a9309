/// A CloudEvent in, one HTTP request out, and the answer back.
///
/// The same types carry what a KafkaSource posts and what anybody else sends to a function.
package dev.rowcast.kafkasource.http;
