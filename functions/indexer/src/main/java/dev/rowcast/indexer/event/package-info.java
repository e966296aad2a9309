/// Decodes CloudEvents: it receives the type and the bytes of an event and returns a
/// [Change][dev.rowcast.change.Change] of a row or a [CaseUpdate][dev.rowcast.indexer.event.CaseUpdate].
package dev.rowcast.indexer.event;
