package dev.rowcast.local.page.station;

import dev.rowcast.local.page.feed.StationQuery;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
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
        Map<String, Long> counts = new HashMap<>();
        ends(admin, topics, TIMEOUT_MS).forEach((partition, end) -> counts.merge(partition.topic(), end, Long::sum));
        return counts;
    }

    /// {@return the end of every partition}
    ///
    /// @param admin a client of the Kafka cluster
    /// @param topics that exist
    /// @param timeoutMillis longest time of each request
    public static Map<TopicPartition, Long> ends(Admin admin, Collection<String> topics, long timeoutMillis)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        admin.describeTopics(topics)
                .allTopicNames()
                .get(timeoutMillis, TimeUnit.MILLISECONDS)
                .forEach((topic, description) -> description
                        .partitions()
                        .forEach(partition ->
                                latest.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest())));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(latest)
                .all()
                .get(timeoutMillis, TimeUnit.MILLISECONDS)
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    @Override
    public void close() {
        admin.close();
    }
}
