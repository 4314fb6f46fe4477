package dev.weir.hub.internal;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** The Spring Boot application. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties({WeirSettings.class, MediaSettings.class, DriftLimits.class})
class HubConfiguration {}
