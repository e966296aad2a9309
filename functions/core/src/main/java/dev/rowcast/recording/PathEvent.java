package dev.rowcast.recording;

import jdk.jfr.Category;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.StackTrace;

/// The settings of every event: disabled by default, without a stack trace.
@Category("Rowcast")
@StackTrace(false)
@Enabled(false)
abstract class PathEvent extends Event {}
