/// Background threads: a step and an interval come in, repeated calls go out until a stop signal.
package dev.rowcast.local.thread;
