/// From a CloudEvent to what it tells of: its type and its bytes come in, an
/// [Incoming][dev.rowcast.indexer.event.Incoming]
/// goes out, the change of a row or the turn of a case.
package dev.rowcast.indexer.event;
