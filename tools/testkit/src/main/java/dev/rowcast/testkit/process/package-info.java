/// Child processes that never outlive who started them.
///
/// In: a [dev.rowcast.testkit.process.Launch], which says what to run, where, and what to do when the parent goes. Out:
/// a
/// [dev.rowcast.testkit.process.StationProcess] that can be signalled, waited for, and asked for its last log lines.
package dev.rowcast.testkit.process;
