package dev.rowcast.local.page.feed;

import dev.rowcast.local.knative.serving.FunctionStatus;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The latest states of each function: one letter per sample, the latest last. Not thread safe.
final class Activity {

    private final int size;
    private final Map<String, Deque<Character>> byFunction = new HashMap<>();

    /// @param size samples kept of each function
    Activity(int size) {
        this.size = size;
    }

    void sample(List<FunctionStatus> functions) {
        for (FunctionStatus function : functions) {
            Deque<Character> samples = byFunction.computeIfAbsent(function.name(), _ -> new ArrayDeque<>(size + 1));
            samples.addLast(letter(function.state()));
            if (samples.size() > size) {
                samples.removeFirst();
            }
        }
    }

    /// The letters of a function: `0` at zero, `s` starting, `1` up, `?` anything else.
    String of(String function) {
        StringBuilder letters = new StringBuilder();
        byFunction.getOrDefault(function, new ArrayDeque<>()).forEach(letters::append);
        return letters.toString();
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
