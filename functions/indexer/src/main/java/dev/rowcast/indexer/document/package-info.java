/// Creates documents: it receives a [Change][dev.rowcast.change.Change] or a
/// [CaseUpdate][dev.rowcast.indexer.event.CaseUpdate] and returns a
/// [Draft][dev.rowcast.indexer.document.Draft] or a rejection. Once the mapping of the index is known, the
/// draft is rendered as a [Document][dev.rowcast.indexer.document.Document].
package dev.rowcast.indexer.document;
