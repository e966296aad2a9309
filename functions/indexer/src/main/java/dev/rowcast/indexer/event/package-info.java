/// Decodes CloudEvents: the type and the bytes of an event come in, a [Change][dev.rowcast.change.Change] of a row or a
/// [CaseUpdate][dev.rowcast.indexer.event.CaseUpdate] goes out.
package dev.rowcast.indexer.event;
