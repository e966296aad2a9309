package dev.rowcast.proof.fuzz.answer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// How many of each answer there were: a status, or the reason of a rejection. Thread safe.
public final class AnswersByKind {

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void count(RawResponse reply) {
        String answer = reply.reason().orElseGet(() -> Integer.toString(reply.status()));
        counts.computeIfAbsent(answer, first -> new LongAdder()).increment();
    }

    /// How often an answer was given.
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
