package dev.weir.routes.internal;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * Which Kafka clients do the routes use, and under which names are they members of their groups? A member is named after this process, its
 * group and its place there (KIP-345, static membership), so the next version of a route takes the place of the one before without
 * a new distribution of the partitions, which no other hub notices; and a consumer that does not come to its end is shut out by
 * its successor instead of being waited for until its session ends. Thread-safe.
 */
final class CarefulClients extends DefaultKafkaClientFactory {
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
        Place place = take(group);
        Properties named = new Properties();
        named.putAll(kafkaProps);
        named.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, process + "." + group + "." + place.number);
        try {
            return new CarefulConsumer(named, place);
        } catch (RuntimeException e) {
            place.giveUp();
            throw e;
        }
    }

    private synchronized Place take(String group) {
        BitSet taken = places.computeIfAbsent(group, name -> new BitSet());
        int number = taken.nextClearBit(0);
        taken.set(number);
        return new Place(group, number);
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
        private final AtomicBoolean given = new AtomicBoolean();

        private Place(String group, int number) {
            this.group = group;
            this.number = number;
        }

        void giveUp() {
            if (given.compareAndSet(false, true)) {
                free(group, number);
            }
        }

        /** Whether a successor is about to take it. */
        boolean isKept() {
            return kept;
        }
    }
}
