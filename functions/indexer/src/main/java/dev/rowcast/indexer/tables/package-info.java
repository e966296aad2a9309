/// The tables whose changes are indexed: a folder of files comes in, one for each table of the user; the
/// valid files, and one line for each fault, leave as a [Reading][dev.rowcast.indexer.tables.TablesFolder.Reading].
package dev.rowcast.indexer.tables;
