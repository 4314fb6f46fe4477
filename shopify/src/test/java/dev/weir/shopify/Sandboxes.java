package dev.weir.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.connectors.ChannelBench;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** What does the stand-in say to a query of anybody with the shop's token? */
final class Sandboxes {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Sandboxes() {}

    static JsonNode ask(ChannelBench bench, String document) {
        URI address = URI.create(bench.server().url("shopify") + "/admin/api/2026-10/graphql.json");
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("X-Shopify-Access-Token", "shpat_sandbox")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        JSON.createObjectNode().put("query", document).toString()))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return JSON.readTree(
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** How many nodes the connection {@code name} has. */
    static long count(ChannelBench bench, String field, String name) {
        return ask(bench, "{ " + field + " }")
                .path("data")
                .path(name)
                .path("nodes")
                .size();
    }
}
