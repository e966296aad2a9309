/// From a change to what Elasticsearch stores: a [Change][dev.rowcast.change.Change] or the
/// [turn][dev.rowcast.indexer.event.CaseTurn] of a case comes in, a
/// [Document][dev.rowcast.indexer.document.Document] of its table's index goes out, or the reason why none can be made.
package dev.rowcast.indexer.document;
