/// Limits the events in progress: receives the size of each event, and admits it to the [memory
/// budget][dev.rowcast.endpoint.memory.MemoryBudget] or refuses it. Also counts them for the graceful stop.
package dev.rowcast.endpoint.memory;
