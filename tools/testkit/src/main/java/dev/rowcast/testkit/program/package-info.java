/// In: what the build left, jars or native executables. Out: the command line of a program, which `process` runs.
package dev.rowcast.testkit.program;
