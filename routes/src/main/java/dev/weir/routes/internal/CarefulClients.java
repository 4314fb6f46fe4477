package dev.weir.routes.internal;

import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which Kafka clients do the routes use, and under which names are they members of their groups? A member is named after this process, its
 * group and its place there (KIP-345, static membership), so the next version of a route takes the place of the one before without
 * a new distribution of the partitions, which no other hub notices; and a consumer that does not come to its end is shut out by
 * its successor instead of being waited for until its session ends. Thread-safe.
 */
final class CarefulClients extends DefaultKafkaClientFactory {
    private static final Logger LOG = LoggerFactory.getLogger(CarefulClients.class);

    private final String process;
    private final Map<String, BitSet> places = new HashMap<>();
    private volatile boolean kept;

    /** {@code process}: a fresh name at each start of the hub. */
    CarefulClients(String process) {
        this.process = process;
    }

    /** While {@code kept}, who stops leaves the place to a successor; otherwise the other hubs are given its partitions at once. */
    void keepPlaces(boolean kept) {
        this.kept = kept;
    }

    @Override
    public Consumer<Object, Object> getConsumer(Properties kafkaProps) {
        String group = kafkaProps.getProperty(ConsumerConfig.GROUP_ID_CONFIG);
        Place place = take(group, kafkaProps.getProperty(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG));
        Properties named = new Properties();
        named.putAll(kafkaProps);
        named.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, place.name());
        try {
            return new CarefulConsumer(named, place);
        } catch (RuntimeException e) {
            place.giveUp();
            throw e;
        }
    }

    private synchronized Place take(String group, String servers) {
        BitSet taken = places.computeIfAbsent(group, name -> new BitSet());
        int number = taken.nextClearBit(0);
        taken.set(number);
        return new Place(group, number, servers);
    }

    private synchronized void free(String group, int number) {
        BitSet taken = places.get(group);
        if (taken != null) {
            taken.clear(number);
        }
    }

    /** Where a consumer stands in its group; whoever stops, or is told to, gives it up once. */
    final class Place {
        private final String group;
        private final int number;
        private final String servers;
        private final AtomicBoolean given = new AtomicBoolean();

        private Place(String group, int number, String servers) {
            this.group = group;
            this.number = number;
            this.servers = servers;
        }

        private String name() {
            return process + "." + group + "." + number;
        }

        void giveUp() {
            if (given.compareAndSet(false, true)) {
                free(group, number);
            }
        }

        /**
         * Leaves the group for who never learnt its own member id, because it was closed before the group had formed: the others
         * would wait for it as for one that died.
         */
        void leave(Duration most) {
            Map<String, Object> config = Map.of(
                    AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                    servers,
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                    Math.toIntExact(most.toMillis()),
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                    Math.toIntExact(most.toMillis()));
            try (Admin admin = Admin.create(config)) {
                admin.removeMembersFromConsumerGroup(
                                group, new RemoveMembersFromConsumerGroupOptions(List.of(new MemberToRemove(name()))))
                        .all()
                        .get(most.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException | KafkaException e) {
                LOG.info("{} has not left its group: its partitions wait for {}", name(), e.toString());
            }
        }

        /** Whether a successor is about to take it. */
        boolean isKept() {
            return kept;
        }
    }
}
