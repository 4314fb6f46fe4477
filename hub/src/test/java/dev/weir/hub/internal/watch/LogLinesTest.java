package dev.weir.hub.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reaches the log, in each form. */
class LogLinesTest {
    private static final String ORDER = "7d7c0f3e-0f0c-4f43-8f1e-6cb3f3f4a9aa";

    private final LoggerContext context = new LoggerContext();
    private final LogLines lines = new LogLines();

    @BeforeEach
    void start() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        lines.setContext(context);
        lines.start();
    }

    @AfterEach
    void asPeopleReadIt() {
        LogLines.write("text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "ecs", "logstash", "gelf"})
    void noForm_tellsASecret_whereverItStands(String form) {
        LogLines.write(form);

        String line = written(
                "calling {}",
                Map.of("order", ORDER, "shopOrder", "ana@example.com"),
                new IllegalStateException(
                        "access_token=q1w2e3r4 refused", new IOException("Authorization: Bearer q1w2e3r4t5y6")),
                "redis://weir:q1w2e3@cache:6379");

        assertThat(line).contains("calling", ORDER, "[redacted]").doesNotContain("q1w2", "ana@");
    }

    @Test
    void lineOfElasticsForm_isOneObject_withItsIdsAsFields() throws IOException {
        LogLines.write("ecs");

        String line = written("Order is at {}", Map.of("order", ORDER), null, "Kiln");

        assertThat(line).endsWith("\n").hasLineCount(1);
        JsonNode json = new ObjectMapper().readTree(line);
        assertThat(json.path("message").asText()).isEqualTo("Order is at Kiln");
        assertThat(json.path("order").asText()).isEqualTo(ORDER);
        assertThat(json.toString()).contains("INFO", "dev.weir.way", "@timestamp");
    }

    @Test
    void lineForPeople_hasItsIdsBehindIt_andNothingWhenThereAreNone() {
        assertThat(written("Order is at {}", Map.of("order", ORDER), null, "Kiln"))
                .endsWith("Order is at Kiln [order=" + ORDER + "]\n");
        assertThat(written("Order is at {}", Map.of(), null, "Kiln")).endsWith("Order is at Kiln\n");
    }

    @Test
    void formThatThereIsNot_isRefused_andNamesThoseThereAre() {
        assertThatThrownBy(() -> LogLines.write("xml"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weir.log: xml (expected: one of [text, ecs, logstash, gelf])");
    }

    private String written(String message, Map<String, String> ids, Throwable failure, Object... values) {
        Logger logger = context.getLogger("dev.weir.way");
        LoggingEvent event = new LoggingEvent("x", logger, Level.INFO, message, failure, values);
        event.setMDCPropertyMap(ids);
        return new String(lines.encode(event), StandardCharsets.UTF_8);
    }
}
