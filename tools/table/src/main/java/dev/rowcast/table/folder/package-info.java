/// The folder of a table on disk. In: the files as they should be. Out: the files as they are now, with every file
/// that a user has edited left alone, and a report of what was done.
package dev.rowcast.table.folder;
