/// The files of a Postgres server. In: an archive on the class path and an empty folder. Out: the unpacked
/// programs, a cluster created with initdb, generated passwords, and the schema.
///
/// The running server is [dev.rowcast.testkit.station.Postgres].
package dev.rowcast.testkit.postgres;
