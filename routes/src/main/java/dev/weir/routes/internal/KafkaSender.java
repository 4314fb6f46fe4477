package dev.weir.routes.internal;

import dev.weir.connectors.Traces;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
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
                answers.add(producer().send(row.message()));
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
        Set<Long> sent = new LinkedHashSet<>();
        Set<Long> unsent = new HashSet<>();
        Set<String> held = new HashSet<>();
        String failure = first;
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            String problem = i < answers.size() ? problem(answers.get(i)) : null;
            if (problem != null) {
                failure = problem;
                held.add(row.topic() + " " + row.key());
            }
            boolean isSent = i < answers.size() && !held.contains(row.topic() + " " + row.key());
            (isSent ? sent : unsent).add(row.id());
        }
        sent.removeAll(unsent);
        return new Sent(List.copyOf(sent), failure);
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

    /**
     * One message to send; {@code value} is its envelope. Several of one id are sent when all of them are.
     *
     * @param contentType of the value, for readers outside; null where only the hub reads
     * @param trace where its trace is; null for none, and for readers outside
     */
    record Row(
            long id,
            String topic,
            String key,
            String value,
            @Nullable String contentType,
            @Nullable String trace) {
        private ProducerRecord<String, String> message() {
            ProducerRecord<String, String> message = new ProducerRecord<>(topic, key, value);
            if (contentType != null) {
                message.headers().add("content-type", contentType.getBytes(StandardCharsets.UTF_8));
            }
            if (trace != null) {
                message.headers().add(Traces.HEADER, trace.getBytes(StandardCharsets.UTF_8));
            }
            return message;
        }
    }

    /** Ids that Kafka has, each once; {@code failure} tells why the others were not sent. */
    record Sent(List<Long> ids, @Nullable String failure) {}
}
