package dev.rowcast.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/// How a store answers items that were sent in one request.
///
/// @param <A> the answer to one item
public sealed interface SplitOnFault<A> {

    /// Each item has an answer of its own.
    ///
    /// @param answers in the order of the items
    /// @param <A> the answer to one item
    record Each<A>(List<A> answers) implements SplitOnFault<A> {}

    /// The request was refused for what one of its items holds; each of the others could be stored without it.
    ///
    /// @param answer that item's answer, should it have been alone
    /// @param <A> the answer to one item
    record OneAtFault<A>(A answer) implements SplitOnFault<A> {}

    /// The request was refused for no item's sake: nothing would be taken now.
    ///
    /// @param answer every item's answer
    /// @param <A> the answer to one item
    record NoneTaken<A>(A answer) implements SplitOnFault<A> {}

    /// Sends items in requests. A request that is refused for one of its items is sent again in halves, so that a bad
    /// item is answered alone and takes none of its neighbours along.
    ///
    /// @param requests the items, parted as they are to be sent
    /// @param send sends one request, never an empty one, and blocks until it is answered
    /// @return one answer for each item, in the order of the requests
    static <T, A> List<A> send(List<List<T>> requests, Function<List<T>, SplitOnFault<A>> send) {
        int items = requests.stream().mapToInt(List::size).sum();
        List<A> answers = new ArrayList<>(items);
        Deque<List<T>> open = new ArrayDeque<>(requests);
        while (!open.isEmpty()) {
            List<T> request = open.remove();
            switch (send.apply(request)) {
                case Each<A>(List<A> each) -> answers.addAll(each);
                case OneAtFault<A> _
                when request.size() > 1 -> {
                    int half = request.size() / 2;
                    open.addFirst(request.subList(half, request.size()));
                    open.addFirst(request.subList(0, half));
                }
                case OneAtFault<A>(A answer) -> answers.add(answer);
                // Asking again for the rest would only make everybody wait for the same answer.
                case NoneTaken<A>(A answer) -> {
                    answers.addAll(Collections.nCopies(items - answers.size(), answer));
                    return answers;
                }
            }
        }
        return answers;
    }
}
