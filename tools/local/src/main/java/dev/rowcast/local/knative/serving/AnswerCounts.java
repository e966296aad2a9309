package dev.rowcast.local.knative.serving;

import dev.rowcast.kafkasource.http.FunctionResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts answers by status; 0 stands for none. Thread safe.
final class AnswerCounts {

    private final Map<Integer, LongAdder> counts = new ConcurrentHashMap<>();

    void count(FunctionResponse answer) {
        int status = answer instanceof FunctionResponse.Answered answered ? answered.status() : 0;
        counts.computeIfAbsent(status, s -> new LongAdder()).increment();
    }

    Map<Integer, Long> byStatus() {
        Map<Integer, Long> sums = new TreeMap<>();
        counts.forEach((status, count) -> sums.put(status, count.sum()));
        return sums;
    }
}
