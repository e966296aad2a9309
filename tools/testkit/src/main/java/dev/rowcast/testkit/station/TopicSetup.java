package dev.rowcast.testkit.station;

import dev.rowcast.testkit.manifest.KafkaTopicManifest;
import dev.rowcast.testkit.process.StationFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/// Creates and updates the topics of a broker, as Strimzi's topic operator does on a cluster.
///
/// @param admin a client of the broker, which the caller closes
record TopicSetup(Admin admin) {
    /// A local run has one broker, so each record has one copy, whatever the manifest says.
    private static final short REPLICAS = 1;

    /// Creates missing topics, and gives existing topics the settings and partitions of their manifests.
    /// Removes settings that no manifest has. Can be repeated.
    ///
    /// @throws StationFailure when a topic has more partitions than its manifest says
    void apply(Collection<KafkaTopicManifest> topics) throws ExecutionException, InterruptedException {
        Set<String> present = admin.listTopics().names().get();
        Map<Boolean, List<KafkaTopicManifest>> exists =
                topics.stream().collect(Collectors.partitioningBy(topic -> present.contains(topic.name())));
        create(exists.get(false));
        addPartitions(exists.get(true));
        updateSettings(exists.get(true));
    }

    private void create(List<KafkaTopicManifest> missing) throws ExecutionException, InterruptedException {
        List<NewTopic> topics = missing.stream()
                .map(topic -> new NewTopic(topic.name(), topic.partitions(), REPLICAS).configs(topic.config()))
                .toList();
        for (var created : admin.createTopics(topics).values().values()) {
            try {
                created.get();
            } catch (ExecutionException refused) {
                if (!(refused.getCause() instanceof TopicExistsException)) {
                    throw refused;
                }
            }
        }
    }

    private void addPartitions(List<KafkaTopicManifest> topics) throws ExecutionException, InterruptedException {
        Map<String, TopicDescription> now = admin.describeTopics(
                        topics.stream().map(KafkaTopicManifest::name).toList())
                .allTopicNames()
                .get();
        Map<String, NewPartitions> more = new HashMap<>();
        for (KafkaTopicManifest topic : topics) {
            int partitions = now.get(topic.name()).partitions().size();
            if (partitions > topic.partitions()) {
                throw new StationFailure("Topic " + topic.name() + " has " + partitions + " partitions, its manifest "
                        + topic.partitions()
                        + ": Kafka cannot remove partitions, so remove the local data or change the manifest");
            }
            if (partitions < topic.partitions()) {
                more.put(topic.name(), NewPartitions.increaseTo(topic.partitions()));
            }
        }
        admin.createPartitions(more).all().get();
    }

    private void updateSettings(List<KafkaTopicManifest> topics) throws ExecutionException, InterruptedException {
        List<ConfigResource> resources =
                topics.stream().map(topic -> resource(topic.name())).toList();
        var now = admin.describeConfigs(resources).all().get();
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        for (KafkaTopicManifest topic : topics) {
            Map<String, String> ownSettings = now.get(resource(topic.name())).entries().stream()
                    .filter(entry -> entry.source() == ConfigSource.DYNAMIC_TOPIC_CONFIG)
                    .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
            List<AlterConfigOp> differences = differences(ownSettings, topic.config());
            if (!differences.isEmpty()) {
                changes.put(resource(topic.name()), differences);
            }
        }
        admin.incrementalAlterConfigs(changes).all().get();
    }

    private static List<AlterConfigOp> differences(Map<String, String> now, Map<String, String> wanted) {
        List<AlterConfigOp> operations = new ArrayList<>();
        wanted.forEach((setting, value) -> {
            if (!value.equals(now.get(setting))) {
                operations.add(new AlterConfigOp(new ConfigEntry(setting, value), OpType.SET));
            }
        });
        now.forEach((setting, value) -> {
            if (!wanted.containsKey(setting)) {
                operations.add(new AlterConfigOp(new ConfigEntry(setting, value), OpType.DELETE));
            }
        });
        return operations;
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }
}
