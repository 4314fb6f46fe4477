package dev.weir.instagram.internal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.weir.connectors.ChannelEvent;
import dev.weir.connectors.ContractBase;
import dev.weir.connectors.Fault;
import dev.weir.connectors.OrderWebhook;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.WebhookSubscriptions.Found;
import dev.weir.connectors.WebhookSubscriptions.Subscription;
import dev.weir.connectors.WebhookVerdict;
import dev.weir.connectors.sandbox.SandboxDelivery;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How does what is said under a live come to us, and how is it made to come again when Meta forgot us? */
class CommentStoriesTest extends ContractBase {
    private final BlockingQueue<byte[]> arrived = new LinkedBlockingQueue<>();
    private HttpServer hub;

    @Override
    protected String channel() {
        return "instagram";
    }

    @BeforeEach
    void openHub() throws Exception {
        hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hub.createContext("/webhook", exchange -> {
            try (exchange) {
                arrived.add(exchange.getRequestBody().readAllBytes());
                String query = exchange.getRequestURI().getRawQuery();
                Optional<String> challenge = query == null ? Optional.of("ok") : port().handshake(decoded(query));
                byte[] body = challenge.orElse("no").getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(challenge.isPresent() ? 200 : 403, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        hub.start();
    }

    @AfterEach
    void closeHub() {
        hub.stop(0);
    }

    @Test
    void subscriptions_areMadeOnce_thenThere_thenMovedWithTheAddress() {
        assertThat(heal(address()))
                .containsExactly(
                        new Subscription("instagram/live_comments", Found.MISSING),
                        new Subscription("instagram/comments", Found.MISSING),
                        new Subscription("page/subscribed_apps", Found.MISSING));
        assertThat(heal(address())).extracting(Subscription::found).containsOnly(Found.THERE);
        assertThat(heal(URI.create("https://hub.example.com/elsewhere")))
                .extracting(Subscription::found)
                .containsExactly(Found.MOVED, Found.MOVED, Found.THERE);
    }

    @Test
    void subscriptions_ofAnOlderVersion_areMadeAnew() {
        Map<String, String> older = new HashMap<>(bench.connection().settings());
        older.put("graphVersion", "v24.0");
        older.put("verifyToken", "vt");
        channelUnderTest().webhookSubscriptions(bench.connection(older)).heal(URI.create("https://hub.example.com/w"));

        assertThat(heal(URI.create("https://hub.example.com/w")))
                .extracting(Subscription::found)
                .containsExactly(Found.MOVED, Found.MOVED, Found.THERE);
    }

    @Test
    void subscription_ofAnAddressThatDoesNotKnowTheToken_isRefused() {
        Map<String, String> other = new HashMap<>(bench.connection().settings());
        other.put("verifyToken", "what the hub does not know");

        assertThatThrownBy(() -> channelUnderTest()
                        .webhookSubscriptions(bench.connection(other))
                        .heal(address()))
                .hasMessageContaining("2200");
        assertFault(
                Fault.REJECTED,
                () -> channelUnderTest()
                        .webhookSubscriptions(bench.connection(other))
                        .heal(address()));
    }

    @Test
    void comments_afterMetaForgotTheSubscriptions_comeAgainOnceHealed() {
        heal(address());
        on(Habit.FORGETS);
        assertThat(bench.platform().comment("ana", "anyone?")).isEmpty();

        assertThat(heal(address())).extracting(Subscription::found).containsOnly(Found.MISSING);

        assertThat(bench.platform().comment("ana", "hello")).hasSize(1);
    }

    @Test
    void subscription_withoutAPageToAskFor_namesTheSetting() {
        Map<String, String> settings = new HashMap<>(bench.connection().settings());
        settings.remove("pageId");

        assertThatThrownBy(() -> channelUnderTest()
                        .webhookSubscriptions(bench.connection(settings))
                        .heal(URI.create("https://hub.example.com/w")))
                .hasMessageContaining("setting pageId is missing");
    }

    @Test
    void comment_outsideAscii_arrivesAsItWasSaid() {
        List<ChannelEvent.CommentMade> said = said(bench.platform().comment("ana", "café 😀 5€"));

        assertThat(said).singleElement().satisfies(comment -> {
            assertThat(comment.text()).isEqualTo("café 😀 5€");
            assertThat(comment.author()).isEqualTo("ana");
            assertThat(comment.liveExternalId()).isEqualTo(Meta.LIVE);
        });
    }

    @Test
    void comment_pushedTwice_isOneDelivery() {
        on(Habit.REPEATS);
        List<SandboxDelivery> pushed = bench.platform().comment("ana", "me!");

        assertThat(pushed).hasSize(2);
        assertThat(pushed.get(0).body()).isNotEqualTo(pushed.get(1).body());
        assertThat(id(pushed.get(0))).isEqualTo(id(pushed.get(1)));
    }

    @Test
    void comments_heldBack_comeTogether_eachOnce() {
        on(Habit.LATE);
        List<SandboxDelivery> pushed = new ArrayList<>();
        for (String text : List.of("one", "two", "three")) {
            pushed.addAll(bench.platform().comment("ana", text));
        }

        assertThat(pushed).hasSize(1);
        assertThat(said(pushed)).extracting(ChannelEvent.CommentMade::text).containsExactly("three", "two", "one");
    }

    @Test
    void comment_inTheOldShape_underAnUpperCaseSignature_isUnderstood() {
        on(Habit.OLD_SHAPES);
        on(Habit.UPPER_CASE);

        assertThat(said(bench.platform().comment("ana", "hi"))).hasSize(1);
    }

    @Test
    void comment_saidAtTheSandbox_isPushedToTheHub() throws Exception {
        bench.server().deliverTo("instagram", address());
        URI door = URI.create(bench.server().url() + "/sandbox/instagram/comments");
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(door)
                            .POST(HttpRequest.BodyPublishers.ofString("{\"author\":\"ana\",\"text\":\"SKU42 x2\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).isEqualTo("{\"pushed\":1}");
        }

        assertThat(new String(arrived.poll(20, TimeUnit.SECONDS), StandardCharsets.UTF_8))
                .contains("SKU42 x2");
    }

    private List<Subscription> heal(URI to) {
        return channelUnderTest().webhookSubscriptions(bench.connection()).heal(to);
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + hub.getAddress().getPort() + "/webhook");
    }

    private OrderWebhook port() {
        return channelUnderTest().orderWebhook(bench.connection());
    }

    private String id(SandboxDelivery delivery) {
        WebhookVerdict verdict = port().verify(bench.arrive(delivery));
        assertThat(verdict).isInstanceOf(WebhookVerdict.Authentic.class);
        return ((WebhookVerdict.Authentic) verdict).deliveryId();
    }

    private List<ChannelEvent.CommentMade> said(List<SandboxDelivery> pushed) {
        List<ChannelEvent.CommentMade> said = new ArrayList<>();
        for (SandboxDelivery delivery : pushed) {
            RawWebhook raw = bench.arrive(delivery);
            assertThat(port().verify(raw)).isInstanceOf(WebhookVerdict.Authentic.class);
            port().read(raw).forEach(event -> said.add((ChannelEvent.CommentMade) event));
        }
        return said;
    }

    private void on(Habit habit) {
        bench.platform().flip(habit.text(), true);
    }

    private static Map<String, String> decoded(String query) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            pairs.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return pairs;
    }
}
