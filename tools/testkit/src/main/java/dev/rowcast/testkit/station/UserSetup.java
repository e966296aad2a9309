package dev.rowcast.testkit.station;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.rowcast.testkit.process.StationFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/// Gives the users of a broker what their `KafkaUser`s say, as Strimzi's operator does.
///
/// @param admin of the broker
public record UserSetup(Admin admin) {

    private static final ObjectMapper YAML = new YAMLMapper();

    /// Applies the ACLs of every user; the principal of `NAME` is `User:CN=NAME`.
    ///
    /// @param users a file of `KafkaUser`s
    /// @throws StationFailure when the file cannot be read or the broker refuses
    public void apply(Path users) {
        List<AclBinding> bindings = new ArrayList<>();
        try (MappingIterator<JsonNode> found = YAML.readerFor(JsonNode.class).readValues(users.toFile())) {
            while (found.hasNextValue()) {
                bindings.addAll(bindings(found.nextValue()));
            }
            admin.createAcls(bindings).all().get();
        } catch (IOException unreadable) {
            throw new StationFailure(users + " cannot be read: " + unreadable.getMessage(), unreadable);
        } catch (ExecutionException refused) {
            throw new StationFailure("Kafka refuses the users: " + refused.getCause(), refused);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StationFailure("Interrupted while users are made", interrupted);
        }
    }

    private static List<AclBinding> bindings(JsonNode user) {
        String principal = "User:CN=" + user.at("/metadata/name").asText();
        List<AclBinding> bindings = new ArrayList<>();
        for (JsonNode acl : user.at("/spec/authorization/acls")) {
            JsonNode resource = acl.path("resource");
            ResourcePattern pattern = new ResourcePattern(
                    ResourceType.fromString(resource.path("type").asText()),
                    resource.path("name").asText(),
                    resource.path("patternType").asText().equals("prefix")
                            ? PatternType.PREFIXED
                            : PatternType.LITERAL);
            for (JsonNode operation : acl.path("operations")) {
                // Such as DescribeConfigs.
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
