/// Before the first document: the indices that the configuration names are checked and, where they are missing, made
/// from their templates, so that none ever gets a mapping that was guessed.
package dev.rowcast.indexer.indices;
