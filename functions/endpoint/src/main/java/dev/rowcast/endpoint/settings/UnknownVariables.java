package dev.rowcast.endpoint.settings;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Refuses variables of the environment that have a name of ours and are no setting: SmallRye ignores them, so that
/// a misspelled or a former name would silently change nothing.
///
/// @param settings names of all settings of the function, such as `rowcast.delivery.max-batch`
/// @param renamed the present variables of a former one, in words, by the name of the former one
record UnknownVariables(Set<String> settings, Map<String, String> renamed) {

    private static final Pattern OURS = Pattern.compile("ROWCAST_.*|rowcast\\..*");

    /// What Kubernetes and container engines set for each service of the namespace whose name begins
    /// with `rowcast-`, unless `enableServiceLinks` is false.
    private static final Pattern SERVICE_LINK =
            Pattern.compile("ROWCAST_\\w+_(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT(_\\d+_(TCP|UDP|SCTP)(_\\w+)?)?)");

    /// An element of a list has its index at the end of the name.
    private static final Pattern INDEX = Pattern.compile("_\\d+_$|\\[\\d+]$");

    /// @param variables names of the variables of the environment
    /// @throws StartRefused with the first unknown variable, in the order of their names
    void refuse(Collection<String> variables) {
        Set<String> known = settings.stream().map(UnknownVariables::variable).collect(Collectors.toSet());
        for (String variable : new TreeSet<>(variables)) {
            boolean isKnown = known.contains(variable(INDEX.matcher(variable).replaceFirst("")));
            if (OURS.matcher(variable).matches()
                    && !isKnown
                    && !SERVICE_LINK.matcher(variable).matches()) {
                throw new StartRefused(
                        variable,
                        renamed.containsKey(variable)
                                ? "was renamed: set " + renamed.get(variable) + " instead"
                                : "is no setting of this function; docs/configuration.md lists them");
            }
        }
    }

    private static String variable(String setting) {
        return setting.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
