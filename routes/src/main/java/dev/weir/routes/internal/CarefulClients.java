package dev.weir.routes.internal;

import java.util.Properties;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;

/** Which Kafka clients do the routes use? */
final class CarefulClients extends DefaultKafkaClientFactory {
    @Override
    public Consumer<Object, Object> getConsumer(Properties kafkaProps) {
        return new CarefulConsumer(kafkaProps);
    }
}
