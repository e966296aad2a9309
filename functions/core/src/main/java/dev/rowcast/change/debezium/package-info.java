/// The first step of an event's path: the bytes of a Debezium event come in, and
/// [ChangeDecoder][dev.rowcast.change.debezium.ChangeDecoder] returns a [Change][dev.rowcast.change.Change] or the
/// outcome that ends the path. Everything else here is internal.
package dev.rowcast.change.debezium;
