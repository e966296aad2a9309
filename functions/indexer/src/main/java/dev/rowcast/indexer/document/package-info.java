/// From a change to what Elasticsearch stores: a [Change][dev.rowcast.change.Change] comes in, a
/// [Document][dev.rowcast.indexer.document.Document] of its table's index goes out, or the reason why none can be made.
package dev.rowcast.indexer.document;
