package dev.rowcast.endpoint.memory;

import dev.rowcast.endpoint.settings.DeliverySettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;

/// The memory that events under way may take together. Whoever finds none comes again later, so that many large events
/// at a time cannot fill the heap. An event that is alone always finds room, however large.
@Singleton
public class MemoryBudget {

    private final long size;
    private final AtomicLong taken = new AtomicLong();

    @Inject
    MemoryBudget(DeliverySettings settings) {
        this((long) (Runtime.getRuntime().maxMemory() * settings.heapShare()));
    }

    /// @param size bytes
    MemoryBudget(long size) {
        this.size = size;
    }

    /// How much all of them may take, in bytes.
    public long size() {
        return size;
    }

    /// A place for an event that comes in; it takes nothing yet.
    public Place place() {
        return new Place();
    }

    /// What one event takes.
    public final class Place {

        private long held;
        private boolean left;

        /// Makes the place as large as is known now.
        ///
        /// @param bytes how much memory the event needs
        /// @return false when there is no room; the place is as large as before then
        public synchronized boolean resize(long bytes) {
            if (left) {
                return false;
            }
            long more = bytes - held;
            long now = taken.addAndGet(more);
            boolean alone = now == bytes;
            if (more > 0 && now > size && !alone) {
                taken.addAndGet(-more);
                return false;
            }
            held = bytes;
            return true;
        }

        /// The event has its answer, or its sender is gone.
        public synchronized void leave() {
            if (!left) {
                left = true;
                taken.addAndGet(-held);
            }
        }
    }
}
