/// The files of `monitoring/` for tests. In: the alerts and the dashboard. Out: alerts, panels, and the series that
/// their queries select.
package dev.rowcast.testkit.monitoring;
