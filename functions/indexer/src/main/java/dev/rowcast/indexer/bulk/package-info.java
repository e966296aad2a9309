/// From drafts to outcomes: the [drafts][dev.rowcast.indexer.document.Draft] of one batch come in and are rendered for
/// what
/// their indices map, `_bulk` requests go out to Elasticsearch, and each draft is answered by the
/// [DocumentVerdict][dev.rowcast.indexer.bulk.DocumentVerdict] of its own item. A version conflict is decided by the stored document.
package dev.rowcast.indexer.bulk;
