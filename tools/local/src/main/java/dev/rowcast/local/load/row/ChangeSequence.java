package dev.rowcast.local.load.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// An endless sequence of changes, the same for the same seed. About half are inserts until the table has
/// its full number of rows, a few are deletes, and the rest are updates. Not thread safe.
public final class ChangeSequence {

    private record Customer(List<String> key, Map<String, String> values) {}

    private static final double SHARE_OF_INSERTS = 0.5;
    private static final double SHARE_OF_DELETES = 0.06;

    private final RowSource rows;
    private final int mostCustomers;
    private final SplittableRandom random;
    private final List<Customer> customers = new ArrayList<>();
    private final List<List<String>> deleted = new ArrayList<>();
    private final double shareOfReturns;

    /// A sequence in which a deleted key never returns.
    ///
    /// @param mostCustomers highest number of rows at a time
    public ChangeSequence(RowSource rows, int mostCustomers, long seed) {
        this(rows, mostCustomers, 0, seed);
    }

    /// @param mostCustomers  highest number of rows at a time
    /// @param shareOfReturns share of the inserts, 0 to 1, that reuse the key of a deleted row
    public ChangeSequence(RowSource rows, int mostCustomers, double shareOfReturns, long seed) {
        this.rows = rows;
        this.mostCustomers = mostCustomers;
        this.shareOfReturns = shareOfReturns;
        this.random = new SplittableRandom(seed);
    }

    /// The next change.
    public RowChange next() {
        double what = random.nextDouble();
        if (customers.isEmpty() || (what < SHARE_OF_INSERTS && customers.size() < mostCustomers)) {
            return insert();
        }
        int which = random.nextInt(customers.size());
        return what >= 1 - SHARE_OF_DELETES ? delete(which) : update(which);
    }

    /// One to `most` updates of one existing row, sometimes followed by its deletion.
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
            changes.add(delete(which));
        }
        return changes;
    }

    private RowChange insert() {
        boolean returns = shareOfReturns > 0 && !deleted.isEmpty() && random.nextDouble() < shareOfReturns;
        List<String> key = returns ? deleted.remove(random.nextInt(deleted.size())) : rows.key(random);
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

    private RowChange delete(int which) {
        Customer last = customers.get(which);
        customers.set(which, customers.getLast());
        customers.removeLast();
        if (shareOfReturns > 0) {
            deleted.add(last.key());
        }
        return new RowChange.Delete(last.key());
    }
}
