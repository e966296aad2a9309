/// The first step of a row's path: bytes of a Debezium event come in, a [Change][dev.rowcast.change.Change] with its
/// [Position][dev.rowcast.change.Position] goes out, or the reason why the event carries none.
package dev.rowcast.change;
