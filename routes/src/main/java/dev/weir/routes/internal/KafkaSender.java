package dev.weir.routes.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** How do rows of the outbox get to Kafka, and which of them did? Used by one thread. */
final class KafkaSender implements AutoCloseable {
    private final Map<String, Object> config;
    private @Nullable Producer<String, String> producer;

    KafkaSender(String servers) {
        config = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers,
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
                ProducerConfig.LINGER_MS_CONFIG, 0,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, 3_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
    }

    /** Sends in order; what follows a failed row of the same key counts as failed, so that it is sent again after it. */
    Sent send(List<Row> rows) {
        List<Future<RecordMetadata>> answers = new ArrayList<>();
        String failure = null;
        for (Row row : rows) {
            try {
                answers.add(producer().send(new ProducerRecord<>(row.topic(), row.key(), row.value())));
            } catch (KafkaException | IllegalStateException e) {
                failure = String.valueOf(e.getMessage());
                break;
            }
            if (isFailed(answers.getLast())) {
                break;
            }
        }
        return outcome(rows, answers, failure);
    }

    private static Sent outcome(List<Row> rows, List<Future<RecordMetadata>> answers, @Nullable String first) {
        List<Long> sent = new ArrayList<>();
        Set<String> held = new HashSet<>();
        String failure = first;
        for (int i = 0; i < answers.size(); i++) {
            Row row = rows.get(i);
            String problem = problem(answers.get(i));
            if (problem != null) {
                failure = problem;
                held.add(row.topic() + " " + row.key());
            } else if (!held.contains(row.topic() + " " + row.key())) {
                sent.add(row.id());
            }
        }
        return new Sent(sent, failure);
    }

    private static boolean isFailed(Future<RecordMetadata> answer) {
        return answer.isDone() && problem(answer) != null;
    }

    private static @Nullable String problem(Future<RecordMetadata> answer) {
        try {
            answer.get();
            return null;
        } catch (ExecutionException e) {
            return String.valueOf(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private Producer<String, String> producer() {
        Producer<String, String> made = producer;
        if (made == null) {
            made = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
            producer = made;
        }
        return made;
    }

    @Override
    public void close() {
        Producer<String, String> made = producer;
        if (made != null) {
            made.close(java.time.Duration.ofSeconds(2));
        }
    }

    /** One event to send; {@code value} is its envelope. */
    record Row(long id, String topic, String key, String value) {}

    /** Ids that Kafka has; {@code failure} tells why the others were not sent. */
    record Sent(List<Long> ids, @Nullable String failure) {}
}
