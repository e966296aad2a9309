package dev.rowcast.proof.fuzz.answer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts answers by status, and rejections by reason. Thread safe.
public final class AnswersByKind {

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void count(RawResponse response) {
        String answer = response.reason().orElseGet(() -> Integer.toString(response.status()));
        counts.computeIfAbsent(answer, first -> new LongAdder()).increment();
    }

    /// {@return the number of such answers}
    ///
    /// @param answer a status such as `204`, or a reason such as `not-json`
    public long of(String answer) {
        return counts.containsKey(answer) ? counts.get(answer).sum() : 0;
    }

    @Override
    public String toString() {
        return new ConcurrentSkipListMap<>(counts).toString();
    }
}
