/// Base classes for tests of packaged functions: what each test finds when it begins.
///
/// In: a real Postgres and the manifests. Out: a running function, a sender of events to it, its settings, and a
/// receiver of its spans.
package dev.rowcast.testkit.function.setup;
