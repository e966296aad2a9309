/// From documents to outcomes: the [documents][dev.rowcast.indexer.document.Document] of one batch come in, `_bulk`
/// requests go out to Elasticsearch, and each document is answered by the [Verdict][dev.rowcast.indexer.bulk.Verdict]
/// of its own item.
package dev.rowcast.indexer.bulk;
