package dev.weir.instagram.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.connectors.ChannelEvent;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.WebhookVerdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reference's vectors byte for byte, and every shape of delivery that Meta is known to send. */
class WebhookTest {
    private static final String SECRET = "meta-demo-app-secret-0001";
    private static final String LIVE =
            "{\"object\":\"instagram\",\"entry\":[{\"id\":\"17841400000000001\",\"time\":1795000000,\"changes\":[{\"field\":"
                    + "\"live_comments\",\"value\":{\"from\":{\"id\":\"1000000000000001\",\"username\":\"buyer_demo\","
                    + "\"self_ig_scoped_id\":\"1000000000000001\"},\"media\":{\"id\":\"18000000000000001\","
                    + "\"media_product_type\":\"LIVE\"},\"id\":\"17900000000000001\",\"text\":\"SKU42 x2\"}}]}]}";
    private static final String LIVE_SIGNATURE =
            "sha256=df9089597a54303de48beece35724df53c9f5fd8dab7faa3d57552b358abaa15";
    private static final String ESCAPED =
            "{\"object\":\"instagram\",\"entry\":[{\"id\":\"17841400000000001\",\"time\":1795000000,\"changes\":[{\"field\":"
                    + "\"comments\",\"value\":{\"id\":\"17900000000000002\",\"from\":{\"id\":\"1000000000000002\","
                    + "\"username\":\"ana\"},\"text\":\"caf\\u00e9 \\ud83d\\ude00 5\\u20ac\",\"media\":{\"id\":"
                    + "\"18000000000000002\",\"media_product_type\":\"FEED\"}}}]}]}";
    private static final String ESCAPED_SIGNATURE =
            "sha256=2eeb6ff74eb4fb6015de32dff1f7d9d3ef60bee9e7f85abe399e870c124e5cd3";

    private final InstagramWebhooks port = port(Map.of("appSecret", SECRET));

    @Test
    void vectors_areAuthentic() {
        assertThat(port.verify(raw(LIVE, LIVE_SIGNATURE))).isInstanceOf(WebhookVerdict.Authentic.class);
        assertThat(port.verify(raw(ESCAPED, ESCAPED_SIGNATURE))).isInstanceOf(WebhookVerdict.Authentic.class);
    }

    @Test
    void signature_inUpperCase_isTheSameSignature() {
        String upper = "sha256=" + LIVE_SIGNATURE.substring(7).toUpperCase(java.util.Locale.ROOT);

        assertThat(port.verify(raw(LIVE, upper))).isInstanceOf(WebhookVerdict.Authentic.class);
    }

    @Test
    void text_writtenAnewWithoutEscapes_isForged() {
        String anew =
                ESCAPED.replace("\\u00e9", "é").replace("\\ud83d\\ude00", "😀").replace("\\u20ac", "€");

        assertThat(port.verify(raw(anew, ESCAPED_SIGNATURE))).isInstanceOf(WebhookVerdict.Forged.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha256=",
                "sha256=zz",
                "df9089597a54303de48beece35724df53c9f5fd8dab7faa3d57552b358abaa15",
                "sha1=df9089597a54303de48beece35724df53c9f5fd8dab7faa3d57552b358abaa15",
                "sha256=df9089597a54303de48beece35724df53c9f5fd8dab7faa3d57552b358abaa1"
            })
    void signature_thatIsNone_isForged(String signature) {
        assertThat(port.verify(raw(LIVE, signature))).isInstanceOf(WebhookVerdict.Forged.class);
    }

    @Test
    void signature_underTheInstagramAppsOwnSecret_isAuthenticOnceThatIsEntered() {
        InstagramWebhooks other = port(Map.of("appSecret", "another", "instagramAppSecret", SECRET));

        assertThat(other.verify(raw(LIVE, LIVE_SIGNATURE))).isInstanceOf(WebhookVerdict.Authentic.class);
        assertThat(port(Map.of("appSecret", "another")).verify(raw(LIVE, LIVE_SIGNATURE)))
                .isInstanceOf(WebhookVerdict.Forged.class);
    }

    @Test
    void comment_underALive_isSaidThere_atTheTimeItWasSent() {
        assertThat(port.read(raw(LIVE, "")))
                .containsExactly(new ChannelEvent.CommentMade(
                        "17900000000000001",
                        "18000000000000001",
                        "buyer_demo",
                        "SKU42 x2",
                        Instant.ofEpochSecond(1_795_000_000)));
    }

    @Test
    void comment_underAPost_isIgnored_sayingWhy_andItsTextIsUnderstood() {
        assertThat(port.read(raw(ESCAPED, "")))
                .containsExactly(new ChannelEvent.Ignored("comments under FEED: only comments under a live are taken"));
        assertThat(port.read(raw(ESCAPED.replace("\"FEED\"", "\"LIVE\""), "")).getFirst())
                .isInstanceOfSatisfying(
                        ChannelEvent.CommentMade.class,
                        comment -> assertThat(comment.text()).isEqualTo("café 😀 5€"));
    }

    @Test
    void comment_inTheFlatShape_withAnOldId_inMilliseconds_isTheSame() {
        String flat =
                "{\"object\":\"instagram\",\"entry\":[{\"id\":\"1\",\"time\":1795000000123,\"field\":\"live_comments\","
                        + "\"value\":{\"comment_id\":\"179\",\"from\":{\"id\":\"10\"},\"media\":{\"id\":\"180\"},\"text\":\"hi\"}}]}";

        assertThat(port.read(raw(flat, "")))
                .containsExactly(new ChannelEvent.CommentMade(
                        "179", "180", "10", "hi", Instant.ofEpochMilli(1_795_000_000_123L)));
    }

    @Test
    void message_orAnotherField_isIgnored() {
        String message = "{\"object\":\"instagram\",\"entry\":[{\"id\":\"1\",\"time\":1795000000000,\"messaging\":[{"
                + "\"sender\":{\"id\":\"2\"},\"message\":{\"mid\":\"m_1\",\"text\":\"hi\"}}]}]}";

        assertThat(port.read(raw(message, ""))).singleElement().isInstanceOf(ChannelEvent.Ignored.class);
        assertThat(port.read(raw(LIVE.replace("live_comments", "mentions"), "")))
                .singleElement()
                .isInstanceOf(ChannelEvent.Ignored.class);
    }

    @Test
    void delivery_ofAThousandChanges_isAThousandComments_andOneBrokenLosesNoOther() {
        String broken = comment(0).replace("\"id\":\"179000\"", "\"nothing\":0");

        List<ChannelEvent> events = port.read(raw(delivery(1_795_000_000, broken, comments(1, 1_000)), ""));

        assertThat(events).hasSize(1_000).first().isInstanceOf(ChannelEvent.Ignored.class);
        assertThat(events.subList(1, 1_000))
                .allSatisfy(event -> assertThat(event).isInstanceOf(ChannelEvent.CommentMade.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"object\":\"instagram\"}", "{\"entry\":[]}", "{\"entry\":[{\"id\":\"1\"}]}"})
    void delivery_thatSaysNothing_isRejected(String body) {
        assertThat(catchThrowableOfType(ChannelException.class, () -> port.read(raw(body, "")))
                        .fault())
                .isEqualTo(Fault.REJECTED);
    }

    @Test
    void delivery_ofMoreThanAThousand_isRejected() {
        RawWebhook many = raw(delivery(1, comment(0), comments(1, 1_001)), "");

        assertThat(catchThrowableOfType(ChannelException.class, () -> port.read(many)))
                .hasMessageContaining("1001 changes (expected: 1..1000");
    }

    @Test
    void delivery_sentAgainLaterAndInAnotherOrder_isTheSame_andOneMoreCommentIsNot() {
        WebhookVerdict.Authentic first = verdict(delivery(1, comment(1), comment(2)));

        assertThat(verdict(delivery(99, comment(2), comment(1)))).isEqualTo(first);
        assertThat(verdict(delivery(1, comment(1), comment(3))).deliveryId()).isNotEqualTo(first.deliveryId());
        assertThat(first.aggregateKey()).isEqualTo("180");
        assertThat(first.topic()).isEqualTo("live_comments");
    }

    @Test
    void delivery_withoutIds_isToldByItsBytes() {
        String nameless =
                "{\"entry\":[{\"id\":\"1\",\"changes\":[{\"field\":\"story_insights\",\"value\":{\"reach\":1}}]}]}";

        assertThat(verdict(nameless)).isEqualTo(verdict(nameless));
        assertThat(verdict(nameless).deliveryId())
                .startsWith("bytes/")
                .isNotEqualTo(verdict(nameless.replace(":1}", ":2}")).deliveryId());
    }

    @Test
    void handshake_withTheToken_givesTheChallengeBack_andNothingOtherwise() {
        InstagramWebhooks set = port(Map.of("appSecret", SECRET, "verifyToken", "vt"));
        Map<String, String> query =
                Map.of("hub.mode", "subscribe", "hub.challenge", "1158201444", "hub.verify_token", "vt");

        assertThat(set.handshake(query)).contains("1158201444");
        for (String name : query.keySet()) {
            Map<String, String> wrong = new HashMap<>(query);
            wrong.put(name, name.equals("hub.challenge") ? "" : "wrong");
            assertThat(set.handshake(wrong)).as(name).isEmpty();
        }
        assertThat(port.handshake(query)).isEmpty();
        assertThat(port.handshake(Map.of())).isEmpty();
    }

    private static String comments(int from, int to) {
        return IntStream.range(from, to).mapToObj(WebhookTest::comment).collect(Collectors.joining(","));
    }

    private static String comment(int at) {
        return "{\"field\":\"live_comments\",\"value\":{\"id\":\"179" + String.format("%03d", at)
                + "\",\"from\":{\"id\":\"1\",\"username\":\"a\"},\"media\":{\"id\":\"180\"},\"text\":\"x\"}}";
    }

    private static String delivery(long time, String... changes) {
        return "{\"object\":\"instagram\",\"entry\":[{\"id\":\"1\",\"time\":" + time + ",\"changes\":["
                + String.join(",", changes) + "]}]}";
    }

    private WebhookVerdict.Authentic verdict(String body) {
        String proof = "sha256=" + GraphClient.proof(SECRET, body);
        return (WebhookVerdict.Authentic) port.verify(raw(body, proof));
    }

    private static RawWebhook raw(String body, String signature) {
        return new RawWebhook(
                Map.of("x-hub-signature-256", signature), "", body.getBytes(StandardCharsets.UTF_8), Instant.EPOCH);
    }

    private static InstagramWebhooks port(Map<String, String> settings) {
        UUID id = UUID.nameUUIDFromBytes("shop".getBytes(StandardCharsets.UTF_8));
        return new InstagramWebhooks(new Connection(id, "demo", "instagram", "Shop", settings));
    }
}
