/// The indexer, a Knative service: events of the captured topics come in over HTTP, documents go out to Elasticsearch,
/// and each event is answered by what became of its own document.
///
/// The path of an event is [IndexFunction][dev.rowcast.indexer.IndexFunction]; its steps are the packages
/// `document` (change → document) and `bulk` (documents → one request → one outcome each).
package dev.rowcast.indexer;
