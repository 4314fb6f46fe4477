package dev.weir.routes.internal;

import java.time.Duration;
import java.util.AbstractList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which messages count as handled when a route stops? Kafka's own automatic commit counts a batch from the moment that it was fetched,
 * and a route that stops in the middle of one would never see the rest. Here a message counts when the next one is taken. The one in
 * hand is seen again, which is for the steps: they are repeatable. Used by one thread, as its superclass.
 */
final class CarefulConsumer extends KafkaConsumer<Object, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(CarefulConsumer.class);
    private static final Duration WAIT = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    /** After this without a beat, a hub that died loses its partitions to others; Kafka's own 45 s are long for an order. */
    private static final Duration GIVEN_UP = Duration.ofSeconds(15);

    /** Also the longest that others take to notice who comes or goes. */
    private static final Duration BEAT = Duration.ofSeconds(2);

    private final Map<TopicPartition, OffsetAndMetadata> handled = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> fetched = new HashMap<>();
    private final CarefulClients.Place place;
    private long committedAt = System.nanoTime();
    private boolean closed;

    /** {@code properties} as of any consumer; its automatic commit is switched off. */
    CarefulConsumer(Properties properties, CarefulClients.Place place) {
        super(careful(properties));
        this.place = place;
    }

    private static Properties careful(Properties properties) {
        Properties own = new Properties();
        own.putAll(properties);
        own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        own.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, Math.toIntExact(GIVEN_UP.toMillis()));
        own.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, Math.toIntExact(BEAT.toMillis()));
        return own;
    }

    @Override
    public ConsumerRecords<Object, Object> poll(Duration timeout) {
        handled.putAll(fetched);
        fetched.clear();
        if (!handled.isEmpty() && System.nanoTime() - committedAt > EVERY_NANOS) {
            committedAt = System.nanoTime();
            commitAsync(Map.copyOf(handled), null);
        }
        ConsumerRecords<Object, Object> records = super.poll(timeout);
        Map<TopicPartition, List<ConsumerRecord<Object, Object>>> watched = new LinkedHashMap<>();
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<Object, Object>> batch = records.records(partition);
            handled.put(partition, new OffsetAndMetadata(batch.getFirst().offset()));
            fetched.put(partition, new OffsetAndMetadata(batch.getLast().offset() + 1));
            watched.put(partition, new Batch(partition, batch));
        }
        return new ConsumerRecords<>(watched, records.nextOffsets());
    }

    /** Notes how far it was read. */
    private final class Batch extends AbstractList<ConsumerRecord<Object, Object>> {
        private final TopicPartition partition;
        private final List<ConsumerRecord<Object, Object>> records;

        Batch(TopicPartition partition, List<ConsumerRecord<Object, Object>> records) {
            this.partition = partition;
            this.records = records;
        }

        @Override
        public ConsumerRecord<Object, Object> get(int index) {
            return records.get(index);
        }

        @Override
        public int size() {
            return records.size();
        }

        @Override
        public Iterator<ConsumerRecord<Object, Object>> iterator() {
            Iterator<ConsumerRecord<Object, Object>> each = records.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return each.hasNext();
                }

                @Override
                public ConsumerRecord<Object, Object> next() {
                    ConsumerRecord<Object, Object> record = each.next();
                    handled.put(partition, new OffsetAndMetadata(record.offset()));
                    return record;
                }
            };
        }
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                settle();
                listener.onPartitionsRevoked(partitions);
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                listener.onPartitionsAssigned(partitions);
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                handled.clear();
                listener.onPartitionsLost(partitions);
            }
        });
    }

    /** Camel wakes whom it stops, and goes on without who does not come: a successor need not wait for that one. */
    @Override
    public void wakeup() {
        place.giveUp();
        super.wakeup();
    }

    /** A member with a name of its own does not leave by unsubscribing; who stops does nothing more. */
    @Override
    public void unsubscribe() {
        close();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            settle();
            place.giveUp();
            boolean isKept = place.isKept();
            boolean isKnown = groupMetadata().generationId() >= 0;
            super.close(CloseOptions.groupMembershipOperation(
                            isKept ? GroupMembershipOperation.REMAIN_IN_GROUP : GroupMembershipOperation.LEAVE_GROUP)
                    .withTimeout(WAIT));
            if (!isKept && !isKnown) {
                place.leave(WAIT);
            }
        }
    }

    /** Says where whoever comes next begins. */
    private void settle() {
        try {
            // Also where nothing came yet: a group that begins at the newest message would skip what comes meanwhile.
            assignment().stream()
                    .filter(partition -> !fetched.containsKey(partition))
                    .forEach(this::noteStanding);
            if (!handled.isEmpty()) {
                commitSync(Map.copyOf(handled), WAIT);
            }
        } catch (KafkaException e) {
            LOG.info("Where {} stands was not noted; some of it will be seen again: {}", groupMetadata(), e.toString());
        }
        handled.clear();
    }

    private void noteStanding(TopicPartition partition) {
        try {
            handled.put(partition, new OffsetAndMetadata(position(partition, LOOK)));
        } catch (KafkaException e) {
            LOG.debug("No position in {} yet", partition, e);
        }
    }
}
