package dev.weir.hub.internal.watch;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/**
 * How does a log line look? As people read it, or in one of Spring Boot's structured forms, from the first line of the process on:
 * {@code weir.log} or {@code WEIR_LOG}. Whatever its form, it went through {@link Redaction}. Made by logback. Thread-safe.
 */
public final class LogLines extends EncoderBase<ILoggingEvent> {
    private static final String TEXT = "text";
    private static final List<String> FORMS = List.of(TEXT, "ecs", "logstash", "gelf");
    private static final byte[] NOTHING = {};
    private static final String PATTERN =
            "%d{HH:mm:ss.SSS} %-5level %-24.24logger{0} %msg%replace(%X){'(.+)',' [$1]'}%n%ex{8}";

    private static volatile String form = first();

    private final Map<String, Encoder<ILoggingEvent>> encoders = new ConcurrentHashMap<>();

    private static String first() {
        String wanted = System.getProperty("weir.log", Objects.requireNonNullElse(System.getenv("WEIR_LOG"), TEXT));
        return FORMS.contains(wanted) ? wanted : TEXT;
    }

    /**
     * Has every line from now on written so.
     *
     * @throws IllegalArgumentException when there is no such form
     */
    public static void write(String wanted) {
        String known = wanted.toLowerCase(Locale.ROOT);
        if (!FORMS.contains(known)) {
            throw new IllegalArgumentException("weir.log: " + wanted + " (expected: one of " + FORMS + ")");
        }
        form = known;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        String now = form;
        byte[] line = encoders.computeIfAbsent(now, this::encoder).encode(event);
        return now.equals(TEXT)
                ? Redaction.of(new String(line, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8)
                : line;
    }

    private Encoder<ILoggingEvent> encoder(String wanted) {
        if (wanted.equals(TEXT)) {
            PatternLayoutEncoder text = new PatternLayoutEncoder();
            text.setPattern(PATTERN);
            text.setCharset(StandardCharsets.UTF_8);
            return started(text);
        }
        // Before the application is there Spring's encoder has no settings to look at.
        if (getContext().getObject(Environment.class.getName()) == null) {
            getContext().putObject(Environment.class.getName(), new StandardEnvironment());
        }
        StructuredLogEncoder structured = new StructuredLogEncoder();
        structured.setFormat(wanted);
        structured.setCharset(StandardCharsets.UTF_8);
        return started(structured);
    }

    private <E extends EncoderBase<ILoggingEvent>> E started(E encoder) {
        encoder.setContext(getContext());
        encoder.start();
        return encoder;
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
