/// Postgres as files: its programs, unpacked from an archive of the class path; the cluster that initdb makes of an
/// empty folder; the
/// passwords that were made up for it; the schema files.
///
/// The running server is [dev.rowcast.testkit.station.Postgres].
package dev.rowcast.testkit.postgres;
