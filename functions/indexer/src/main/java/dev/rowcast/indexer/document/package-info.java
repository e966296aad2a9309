/// From a change to what Elasticsearch stores: a [Change][dev.rowcast.change.Change] or the
/// [turn][dev.rowcast.indexer.event.CaseUpdate] of a case comes in, a [Draft][dev.rowcast.indexer.document.Draft] goes
/// out, or
/// the reason why none can be made. Once it is known what the index maps, the draft becomes a
/// [Document][dev.rowcast.indexer.document.Document].
package dev.rowcast.indexer.document;
