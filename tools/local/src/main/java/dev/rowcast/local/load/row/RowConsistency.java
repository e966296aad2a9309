package dev.rowcast.local.load.row;

import dev.rowcast.model.contract.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/// Makes the independently drawn features of a row consistent with each other: a customer without internet
/// does not stream films.
///
/// The rules are derived from the contract: a category such as `No internet service` is used exactly in the
/// rows whose feature `internetservice` is `No`.
final class RowConsistency {

    /// `feature` is `text` exactly where `service` is `No`.
    private record AbsentService(String feature, String text, String service) {}

    private static final String NO = "No";

    private final Map<String, Distribution> distributions;
    private final List<AbsentService> absentServices;

    RowConsistency(List<Feature> features, Map<String, Distribution> distributions) {
        this.distributions = distributions;
        this.absentServices = absentServices(features);
    }

    private static List<AbsentService> absentServices(List<Feature> features) {
        Set<String> services = features.stream()
                .filter(feature -> feature instanceof Feature.Category category
                        && category.categories().contains(NO))
                .map(Feature::column)
                .collect(Collectors.toSet());
        List<AbsentService> found = new ArrayList<>();
        for (Feature feature : features) {
            if (feature instanceof Feature.Category category) {
                for (String text : category.categories()) {
                    String service = text.replaceAll("^" + NO + "| ", "").toLowerCase(Locale.ROOT);
                    if (text.startsWith(NO + " ") && services.contains(service)) {
                        found.add(new AbsentService(category.column(), text, service));
                    }
                }
            }
        }
        return List.copyOf(found);
    }

    /// Makes a row consistent.
    ///
    /// @param row   values by column, without the missing ones; changed by this method
    /// @param drawn the columns that have a new value
    void apply(Map<String, String> row, Set<String> drawn, SplittableRandom random) {
        for (AbsentService absent : absentServices) {
            boolean isAbsent = NO.equals(row.get(absent.service()));
            if (isAbsent) {
                row.put(absent.feature(), absent.text());
            } else if (absent.text().equals(row.get(absent.feature()))
                    && distributions.get(absent.feature()) instanceof Distribution.Texts texts) {
                texts.without(absent.text())
                        .draw(random)
                        .ifPresentOrElse(value -> row.put(absent.feature(), value), () -> row.remove(absent.feature()));
            }
        }
        Charges.apply(row, drawn, distributions, random);
    }
}
