package dev.weir.hub.internal.watch;

import org.springframework.boot.json.JsonWriter;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;

/** Lets every text of a structured log line through {@link Redaction}. Found by Spring through {@code META-INF/spring.factories}. */
final class RedactedMembers implements StructuredLoggingJsonMembersCustomizer<Object> {
    @Override
    public void customize(JsonWriter.Members<Object> members) {
        members.applyingValueProcessor(JsonWriter.ValueProcessor.of(String.class, Redaction::of));
    }
}
