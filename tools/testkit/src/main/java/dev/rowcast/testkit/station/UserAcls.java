package dev.rowcast.testkit.station;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowcast.testkit.manifest.yaml.ManifestDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/// The ACLs of `KafkaUser`s, as Strimzi's user operator creates them.
final class UserAcls {
    private UserAcls() {}

    /// {@return the ACLs of every user; the principal of `NAME` is `User:CN=NAME`}
    static List<AclBinding> of(List<ManifestDocument> users) {
        return users.stream().flatMap(user -> of(user).stream()).toList();
    }

    private static List<AclBinding> of(ManifestDocument user) {
        String principal = "User:CN=" + user.metadata("name");
        List<AclBinding> bindings = new ArrayList<>();
        for (JsonNode acl : user.body().at("/spec/authorization/acls")) {
            JsonNode resource = acl.path("resource");
            ResourcePattern pattern = new ResourcePattern(
                    ResourceType.fromString(resource.path("type").asText()),
                    resource.path("name").asText(),
                    resource.path("patternType").asText().equals("prefix")
                            ? PatternType.PREFIXED
                            : PatternType.LITERAL);
            for (JsonNode operation : acl.path("operations")) {
                // DescribeConfigs is DESCRIBE_CONFIGS.
                String name = operation
                        .asText()
                        .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                        .toUpperCase(Locale.ROOT);
                bindings.add(new AclBinding(
                        pattern,
                        new AccessControlEntry(principal, "*", AclOperation.valueOf(name), AclPermissionType.ALLOW)));
            }
        }
        return bindings;
    }
}
