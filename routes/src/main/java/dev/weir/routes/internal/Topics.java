package dev.weir.routes.internal;

import dev.weir.connectors.Outbox;
import dev.weir.routes.RoutesSettings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Which topics are there, and how are they made? */
final class Topics {
    /** Stored deliveries: the id only, keyed by connection and order. */
    static final String INBOX = "weir.inbox.v1";

    private static final int WAIT_MS = 5_000;
    private static final String WEEK_MS = "604800000";

    private Topics() {}

    /** Creates what is missing; throws {@link KafkaException} when the broker does not answer within 5 s. */
    static void ensure(RoutesSettings settings) {
        Map<String, Object> config = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.kafka(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, WAIT_MS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, WAIT_MS);
        try (Admin admin = Admin.create(config)) {
            for (NewTopic topic : wanted(settings)) {
                create(admin, topic);
            }
        }
    }

    private static List<NewTopic> wanted(RoutesSettings settings) {
        return List.of(
                compacted(settings, Outbox.STOCK),
                week(settings, Outbox.ORDERS),
                week(settings, Outbox.SHOWS),
                week(settings, INBOX),
                compacted(settings, PublicFeed.STOCK),
                week(settings, PublicFeed.ORDERS),
                week(settings, PublicFeed.SHOWS),
                week(settings, PublicFeed.MONEY),
                week(settings, PublicFeed.DEAD_LETTERS));
    }

    private static NewTopic compacted(RoutesSettings settings, String name) {
        return topic(settings, name)
                .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
    }

    private static NewTopic week(RoutesSettings settings, String name) {
        return topic(settings, name).configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, WEEK_MS));
    }

    private static NewTopic topic(RoutesSettings settings, String name) {
        return new NewTopic(name, settings.partitions(), (short) settings.replication());
    }

    private static void create(Admin admin, NewTopic topic) {
        try {
            admin.createTopics(List.of(topic)).all().get(2L * WAIT_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new KafkaException("topic " + topic.name() + " cannot be made: " + e.getCause(), e);
            }
        } catch (TimeoutException e) {
            throw new KafkaException("topic " + topic.name() + ": no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("topic " + topic.name() + ": interrupted", e);
        }
    }
}
