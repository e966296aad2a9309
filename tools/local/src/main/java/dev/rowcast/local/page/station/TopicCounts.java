package dev.rowcast.local.page.station;

import dev.rowcast.local.page.feed.StationQuery;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/// Counts the records ever written to each topic: the sum of its end offsets.
public final class TopicCounts implements StationQuery<Map<String, Long>>, AutoCloseable {

    private static final int TIMEOUT_MS = 5_000;

    private final Admin admin;
    private final List<String> topics;

    /// @param kafka bootstrap servers
    public TopicCounts(String kafka, List<String> topics) {
        this.topics = List.copyOf(topics);
        this.admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka,
                AdminClientConfig.CLIENT_ID_CONFIG, "rowcast-page-counts",
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS));
    }

    @Override
    public Map<String, Long> read() throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (TopicDescription topic : admin.describeTopics(topics)
                .allTopicNames()
                .get(TIMEOUT_MS, TimeUnit.MILLISECONDS)
                .values()) {
            topic.partitions()
                    .forEach(partition ->
                            latest.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
        }
        Map<TopicPartition, ListOffsetsResultInfo> ends =
                admin.listOffsets(latest).all().get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
        Map<String, Long> counts = new HashMap<>();
        ends.forEach((partition, end) -> counts.merge(partition.topic(), end.offset(), Long::sum));
        return counts;
    }

    @Override
    public void close() {
        admin.close();
    }
}
