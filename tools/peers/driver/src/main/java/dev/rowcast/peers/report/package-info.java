/// The report: figures come in, and a table, plots and raw results go out.
package dev.rowcast.peers.report;
