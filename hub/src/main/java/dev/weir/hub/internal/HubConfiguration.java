package dev.weir.hub.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.jackson.Jackson2ObjectMapperBuilderCustomizer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The Spring Boot application. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties({WeirSettings.class, MediaSettings.class, DriftLimits.class})
class HubConfiguration {
    /** Sets of buffers that are kept, some 32 KiB each. */
    private static final int SETS_OF_BUFFERS = 64;

    /** Each request has a thread of its own, so buffers that belong to a thread would be made anew for each. */
    @Bean
    Jackson2ObjectMapperBuilderCustomizer sharedBuffers() {
        return builder -> builder.factory(JsonFactory.builder()
                .recyclerPool(JsonRecyclerPools.newBoundedPool(SETS_OF_BUFFERS))
                .build());
    }
}
