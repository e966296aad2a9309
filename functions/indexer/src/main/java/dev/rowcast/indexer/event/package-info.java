/// Decodes CloudEvents: the type and the bytes of an event come in, a [Change][dev.rowcast.change.Change] of a row or a
/// [CaseTurn][dev.rowcast.indexer.event.CaseTurn] goes out.
package dev.rowcast.indexer.event;
