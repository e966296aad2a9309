/// The indexer, a Knative service: events of the captured topics come in over HTTP, documents go out to Elasticsearch,
/// and each event is answered by what became of its own document.
///
/// The path of an event is [IndexFunction][dev.rowcast.indexer.IndexFunction]; its steps are the packages
/// `event` (bytes → change or case), `document` (change or case → document) and `bulk` (documents → one request → one
/// outcome each).
package dev.rowcast.indexer;
