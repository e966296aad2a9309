/// Prepares the indices of the configuration before the first document: it checks them and creates missing
/// ones from their templates, so that none gets a dynamic mapping.
package dev.rowcast.indexer.indices;
