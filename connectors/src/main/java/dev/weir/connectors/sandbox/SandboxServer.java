package dev.weir.connectors.sandbox;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where do the outside platforms stand when there is no outside? One WireMock server; each platform answers below
 * {@code /<channel>}. Which request is which operation stands in {@code mappings/<channel>/stubs/index.json}, a list of
 * WireMock stubs; a stub that names {@code transformerParameters.operation} is answered by the platform's
 * {@link SandboxPlatform}, any other is answered as written.
 *
 * <p>Shoppers use {@code POST /sandbox/{channel}/orders} {@code {"sku","quantity"}} and, under a live, {@code /comments}
 * {@code {"author","text"}}; somebody at a shop uses {@code PUT /stock} {@code {"sku","units"}}; tests read
 * {@code GET /sandbox/{channel}/stock}, {@code /orders}, {@code /quota} {@code {"tooMany"}} of platforms that count calls, and
 * {@code /messages} that people there were sent in private.
 */
public final class SandboxServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final WireMockServer server;
    private final Map<String, SandboxPlatform> platforms = new LinkedHashMap<>();
    private final SandboxCourier courier;
    private final PlatformTransformer transformer;

    /** A sandbox of every platform on the class path, at {@code port} of the loopback address (0: any free one). */
    public SandboxServer(int port, Function<String, SandboxStore> stores, Clock clock) {
        for (SandboxProvider provider : ServiceLoader.load(SandboxProvider.class)) {
            SandboxPlatform platform =
                    provider.create(stores.apply(provider.getClass().getSimpleName()), clock);
            platforms.put(platform.channel(), platform);
        }
        courier = new SandboxCourier();
        platforms.forEach((channel, platform) -> platform.pushTo(delivery -> deliver(channel, delivery)));
        transformer = new PlatformTransformer(platforms);
        server = new WireMockServer(WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .mappingSource(new NoOtherStubs())
                .port(port)
                .disableRequestJournal()
                .containerThreads(24)
                .templatingEnabled(false)
                .extensions(transformer, new ShopperTransformer(platforms, courier)));
        platforms.keySet().forEach(this::loadStubs);
        server.stubFor(
                any(urlMatching("/sandbox/.*")).willReturn(aResponse().withTransformers(ShopperTransformer.NAME)));
    }

    /** Begins to answer. */
    public void start() {
        server.start();
    }

    /** Where it answers, without a trailing slash. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** The base address of one platform. */
    public URI url(String channel) {
        return URI.create(url() + "/" + channel);
    }

    /** The stand-in of {@code channel}, or null. */
    public @Nullable SandboxPlatform platform(String channel) {
        return platforms.get(channel);
    }

    /** Every stand-in, in no particular order. */
    public List<SandboxPlatform> platforms() {
        return List.copyOf(platforms.values());
    }

    /** Where {@code channel} pushes its deliveries from now on. */
    public void deliverTo(String channel, URI webhook) {
        courier.deliverTo(channel, webhook);
    }

    /** Pushes {@code delivery} as the platform would, with its retries; for stand-ins that push on their own. */
    public void deliver(String channel, SandboxDelivery delivery) {
        courier.send(channel, delivery);
    }

    /** The next request whose address or body has a match of {@code pattern} is carried out, and its answer lost. */
    public void loseAnswer(Pattern pattern) {
        transformer.loseAnswer(pattern);
    }

    /** Whether no answer is waiting to be lost: the one that {@link #loseAnswer} asked for was, or none was asked for. */
    public boolean lostOne() {
        return transformer.lostOne();
    }

    @Override
    public void close() {
        server.stop();
        courier.close();
    }

    private void loadStubs(String channel) {
        String path = "mappings/" + channel + "/stubs/index.json";
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is not on the class path");
            }
            JsonNode stubs = JSON.readTree(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            for (JsonNode stub : stubs) {
                server.addStubMapping(StubMapping.buildFrom(stub.toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
    }
}
