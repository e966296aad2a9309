package dev.rowcast.endpoint.memory;

import dev.rowcast.endpoint.settings.DeliverySettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;

/// The memory that all events in progress may use together, so that many large events cannot fill the heap.
/// An event that does not fit gets 503 and is retried. A single event always fits, however large.
@Singleton
public class MemoryBudget {

    private final long size;
    private final AtomicLong reserved = new AtomicLong();

    @Inject
    MemoryBudget(DeliverySettings settings) {
        this((long) (Runtime.getRuntime().maxMemory() * settings.heapShare()));
    }

    /// @param size bytes
    MemoryBudget(long size) {
        this.size = size;
    }

    /// The budget of all events together, in bytes.
    public long size() {
        return size;
    }

    /// A reservation for a new event, with 0 bytes.
    public Reservation reserve() {
        return new Reservation();
    }

    /// The memory of one event.
    public final class Reservation {

        private long bytes;
        private boolean released;

        /// Changes the size of the reservation.
        ///
        /// @param wanted memory that the event needs, in bytes
        /// @return false if the budget is exceeded; the reservation is unchanged then
        public synchronized boolean resize(long wanted) {
            if (released) {
                return false;
            }
            long more = wanted - bytes;
            long now = reserved.addAndGet(more);
            boolean alone = now == wanted;
            if (more > 0 && now > size && !alone) {
                reserved.addAndGet(-more);
                return false;
            }
            bytes = wanted;
            return true;
        }

        /// Releases the memory: the event is answered, or its connection is closed.
        public synchronized void release() {
            if (!released) {
                released = true;
                reserved.addAndGet(-bytes);
            }
        }
    }
}
