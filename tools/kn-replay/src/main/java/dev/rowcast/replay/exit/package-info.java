/// How a command ends: receives failures and Ctrl-C, and returns exit codes.
package dev.rowcast.replay.exit;
