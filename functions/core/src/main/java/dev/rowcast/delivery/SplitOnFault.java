package dev.rowcast.delivery;

import dev.rowcast.outcome.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/// Sends items to a store in requests. A request that is refused because of one item is split and sent
/// again in halves, until the bad item is alone; the other items are stored.
public final class SplitOnFault {

    private SplitOnFault() {}

    /// Sends each request and blocks until all are answered.
    ///
    /// @param requests the items of each request; an empty request is not sent
    /// @param send sends one request and blocks until the store answers
    /// @return one outcome for each item, in the order of the requests
    public static <T> List<Outcome> send(List<List<T>> requests, Function<List<T>, StoreAnswer> send) {
        int items = requests.stream().mapToInt(List::size).sum();
        List<Outcome> outcomes = new ArrayList<>(items);
        Deque<List<T>> pending = new ArrayDeque<>(requests);
        while (outcomes.size() < items) {
            List<T> request = pending.remove();
            if (request.isEmpty()) {
                continue;
            }
            switch (send.apply(request)) {
                case StoreAnswer.Each(List<Outcome> each) -> outcomes.addAll(each);
                case StoreAnswer.OneAtFault _
                when request.size() > 1 -> {
                    int half = request.size() / 2;
                    pending.addFirst(request.subList(half, request.size()));
                    pending.addFirst(request.subList(0, half));
                }
                case StoreAnswer.OneAtFault(Outcome rejected) -> outcomes.add(rejected);
                // Sending the rest would only repeat the wait.
                case StoreAnswer.NoneTaken(Outcome unavailable) ->
                    outcomes.addAll(Collections.nCopies(items - outcomes.size(), unavailable));
            }
        }
        return outcomes;
    }
}
