/// The guard in front of an index: documents come in, only those that are newer than the stored ones are written, and a
/// [DocumentVerdict][dev.rowcast.indexer.bulk.DocumentVerdict] for each goes out.
package dev.rowcast.indexer.guard;
