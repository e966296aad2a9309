/// Child processes that end with their parent.
///
/// In: a [dev.rowcast.testkit.process.Launch] with the command, its folder, and the signal for the parent's
/// end. Out: a [dev.rowcast.testkit.process.StationProcess] to send signals to, to wait for, and to read
/// the log of.
package dev.rowcast.testkit.process;
