package dev.rowcast.local.load.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// The changes of one seed, without end: about half of them new customers while there are not yet many, a few that
/// leave
/// the table, the rest updates. Not thread safe.
public final class ChangeSequence {

    private record Customer(List<String> key, Map<String, String> values) {}

    private static final double SHARE_OF_INSERTS = 0.5;
    private static final double SHARE_OF_REMOVALS = 0.06;

    private final RowFactory rows;
    private final int mostCustomers;
    private final SplittableRandom random;
    private final List<Customer> customers = new ArrayList<>();
    private final List<List<String>> gone = new ArrayList<>();
    private final double shareOfReturns;

    public ChangeSequence(RowFactory rows, int mostCustomers, long seed) {
        this(rows, mostCustomers, 0, seed);
    }

    /// @param shareOfReturns of the inserts, 0 to 1, that bring back a customer who has left
    public ChangeSequence(RowFactory rows, int mostCustomers, double shareOfReturns, long seed) {
        this.rows = rows;
        this.mostCustomers = mostCustomers;
        this.shareOfReturns = shareOfReturns;
        this.random = new SplittableRandom(seed);
    }

    public RowChange next() {
        double what = random.nextDouble();
        if (customers.isEmpty() || (what < SHARE_OF_INSERTS && customers.size() < mostCustomers)) {
            return insert();
        }
        int which = random.nextInt(customers.size());
        return what >= 1 - SHARE_OF_REMOVALS ? remove(which) : update(which);
    }

    /// Up to so many changes of one customer who is there, one after the other, the last of them perhaps the one that
    /// removes it.
    public List<RowChange> ofOne(int most) {
        List<RowChange> changes = new ArrayList<>();
        if (customers.isEmpty()) {
            changes.add(insert());
        }
        int which = random.nextInt(customers.size());
        for (int left = random.nextInt(1, most + 1); left > 0; left--) {
            changes.add(update(which));
        }
        if (random.nextInt(8) == 0) {
            changes.add(remove(which));
        }
        return changes;
    }

    private RowChange insert() {
        boolean returns = shareOfReturns > 0 && !gone.isEmpty() && random.nextDouble() < shareOfReturns;
        List<String> key = returns ? gone.remove(random.nextInt(gone.size())) : rows.key(random);
        Customer customer = new Customer(key, rows.row(random));
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
        Customer left = customers.get(which);
        customers.set(which, customers.getLast());
        customers.removeLast();
        if (shareOfReturns > 0) {
            gone.add(left.key());
        }
        return new RowChange.Remove(left.key());
    }
}
