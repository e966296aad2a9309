/// Helpers for tests of the functions: events in, answers and stored rows out.
///
/// In: the build folder of a function, events as Debezium writes them. Out: the running process, its answers and its
/// readiness. AssertJ, Awaitility, JUnit, Quarkus and the fuzz inputs are optional dependencies: a module that uses
/// this
/// package declares them for its tests.
package dev.rowcast.testkit.function;
