/// The indexer, a Knative service. It receives events of the captured topics over HTTP, sends documents to
/// Elasticsearch, and answers each event with the outcome of its own document.
///
/// [IndexFunction][dev.rowcast.indexer.IndexFunction] is the path of an event, and
/// [IndexPaths][dev.rowcast.indexer.IndexPaths] follows the configured tables. The steps are the packages
/// `tables` (files → tables and their indices), `event` (bytes → change or case), `document` (change or case
/// → document), `bulk` (documents → requests → one outcome each), `indices` (prepares the indices) and `guard`
/// (stores newer documents only). `elasticsearch` is the client.
package dev.rowcast.indexer;
