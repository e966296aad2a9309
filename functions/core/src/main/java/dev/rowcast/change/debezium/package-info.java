/// The first step of an event's path: receives the bytes of a Debezium event;
/// [ChangeDecoder][dev.rowcast.change.debezium.ChangeDecoder] returns a [Change][dev.rowcast.change.Change]
/// or the outcome that ends the path. All other classes are internal.
package dev.rowcast.change.debezium;
