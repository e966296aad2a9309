package dev.rowcast.local.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// The changes of one seed, without end: about half of them new customers while there are not yet many, a few that
/// leave
/// the table, the rest updates. Not thread safe.
final class ChangeSequence {

    private record Customer(List<String> key, Map<String, String> values) {}

    private static final double SHARE_OF_INSERTS = 0.5;
    private static final double SHARE_OF_REMOVALS = 0.06;

    private final RowFactory rows;
    private final int mostCustomers;
    private final SplittableRandom random;
    private final List<Customer> customers = new ArrayList<>();

    ChangeSequence(RowFactory rows, int mostCustomers, long seed) {
        this.rows = rows;
        this.mostCustomers = mostCustomers;
        this.random = new SplittableRandom(seed);
    }

    RowChange next() {
        double what = random.nextDouble();
        if (customers.isEmpty() || (what < SHARE_OF_INSERTS && customers.size() < mostCustomers)) {
            return insert();
        }
        int which = random.nextInt(customers.size());
        return what >= 1 - SHARE_OF_REMOVALS ? remove(which) : update(which);
    }

    private RowChange insert() {
        Customer customer = new Customer(rows.key(random), rows.row(random));
        customers.add(customer);
        return new RowChange.Insert(customer.key(), customer.values());
    }

    private RowChange update(int which) {
        Customer before = customers.get(which);
        Customer after = new Customer(before.key(), rows.changed(before.values(), random));
        customers.set(which, after);
        return new RowChange.Update(after.key(), after.values());
    }

    private RowChange remove(int which) {
        Customer gone = customers.get(which);
        customers.set(which, customers.getLast());
        customers.removeLast();
        return new RowChange.Remove(gone.key());
    }
}
