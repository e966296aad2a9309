/// Guards the indices: it receives documents, writes only those that are newer than the stored ones, and
/// returns a [DocumentVerdict][dev.rowcast.indexer.bulk.DocumentVerdict] for each.
package dev.rowcast.indexer.guard;
