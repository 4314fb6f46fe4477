package dev.weir.instagram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.ContractBase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Meta removed the order edges from every version on 2026-10-27: none may be called, and the stand-in has none. */
class RemovedEdgesTest extends ContractBase {
    private static final List<String> EDGES = List.of(
            "commerce_orders",
            "acknowledge_orders",
            "shipments",
            "update_shipment",
            "cancellations",
            "refunds",
            "commerce_returns",
            "commerce_payouts");

    @Override
    protected String channel() {
        return "instagram";
    }

    @Test
    void sources_nameNoRemovedEdge() throws IOException {
        Pattern edge = Pattern.compile("/(" + String.join("|", EDGES) + "|items)\\b|commerce_");
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources).hasSizeGreaterThan(20);
            for (Path source : sources) {
                assertThat(edge.matcher(Files.readString(source)).find())
                        .as(source.toString())
                        .isFalse();
            }
        }
    }

    @Test
    void edges_areGoneOnEveryVersion_forReadsAndWrites() throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (String version : List.of("v21.0", "v24.0", "v26.0", "v27.0")) {
                for (String edge : EDGES) {
                    for (String method : List.of("GET", "POST")) {
                        HttpResponse<String> answer = client.send(
                                HttpRequest.newBuilder(URI.create(
                                                bench.server().url("instagram") + "/" + version + "/123/" + edge))
                                        .method(method, HttpRequest.BodyPublishers.noBody())
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
                        assertThat(answer.statusCode()).isEqualTo(400);
                        assertThat(answer.body()).contains("\"code\":12");
                    }
                }
            }
        }
    }
}
