package dev.rowcast.local.page.feed;

import dev.rowcast.local.knative.serving.FunctionStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The latest states of each function: one letter per sample, the latest last. Not thread safe.
final class Activity {

    private final int size;
    private final Map<String, String> byFunction = new HashMap<>();

    /// @param size samples kept of each function
    Activity(int size) {
        this.size = size;
    }

    void sample(List<FunctionStatus> functions) {
        for (FunctionStatus function : functions) {
            String letters = of(function.name()) + letter(function.state());
            byFunction.put(function.name(), letters.substring(Math.max(0, letters.length() - size)));
        }
    }

    /// The letters of a function: `0` at zero, `s` starting, `1` up, `?` for any other state.
    String of(String function) {
        return byFunction.getOrDefault(function, "");
    }

    private static char letter(String state) {
        return switch (state) {
            case "zero" -> '0';
            case "starting" -> 's';
            case "up" -> '1';
            default -> '?';
        };
    }
}
