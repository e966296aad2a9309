package dev.rowcast.proof.bench;

import dev.rowcast.local.run.LocalSystem;
import dev.rowcast.testkit.station.Station;
import java.util.LinkedHashMap;
import java.util.Map;

/// The processes of a system by name: what they use.
///
/// @param cpu CPU seconds since each was started
record ProcessUsage(Map<String, Double> cpu) {

    static final String LAUNCHER = "launcher (stand-in for Knative)";

    /// Reads the processes now; a function at zero is left out.
    static ProcessUsage of(LocalSystem system) {
        Map<String, Double> cpu = new LinkedHashMap<>();
        pids(system).forEach((name, pid) -> cpu.put(name, LinuxProcess.cpuSeconds(pid)));
        // Those of the stations and functions are its descendants.
        cpu.put(
                LAUNCHER,
                2 * cpu.get(LAUNCHER)
                        - cpu.values().stream().mapToDouble(d -> d).sum());
        return new ProcessUsage(cpu);
    }

    /// Memory of each process in MiB.
    static Map<String, Double> memory(LocalSystem system) {
        Map<String, Double> memory = new LinkedHashMap<>();
        pids(system).forEach((name, pid) -> memory.put(name, LinuxProcess.memoryMebibytes(pid)));
        memory.put(
                LAUNCHER,
                2 * memory.get(LAUNCHER)
                        - memory.values().stream().mapToDouble(d -> d).sum());
        return memory;
    }

    /// CPU seconds of each process since `earlier`.
    Map<String, Double> since(ProcessUsage earlier) {
        Map<String, Double> used = new LinkedHashMap<>();
        cpu.forEach((name, seconds) -> used.put(name, seconds - earlier.cpu.getOrDefault(name, 0.0)));
        return used;
    }

    private static Map<String, Long> pids(LocalSystem system) {
        Map<String, Long> pids = new LinkedHashMap<>();
        for (Station station : system.stations().all()) {
            pids.put(station.name(), station.pid());
        }
        for (String function : system.functions()) {
            system.activators().get(function).status().pid().ifPresent(pid -> pids.put(function, pid));
        }
        pids.put(LAUNCHER, ProcessHandle.current().pid());
        return pids;
    }
}
