/// Stores batches: it receives the [drafts][dev.rowcast.indexer.document.Draft] of one batch, renders them
/// for the mappings of their indices, sends `_bulk` requests to Elasticsearch, and returns one outcome for
/// each draft, from the [DocumentVerdict][dev.rowcast.indexer.bulk.DocumentVerdict] of its own item.
package dev.rowcast.indexer.bulk;
