package dev.weir.tiktokshop.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Do we sign as TikTok Shop does? Vectors of the fact sheet, its sections 5 and 16. */
class TikTokSignatureTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef01234567";

    @Test
    void getWithoutBody_isSignedAsPublished() {
        assertThat(sign("/authorization/202309/shops", Map.of(), ""))
                .isEqualTo("09c149244ec8b6d9f90c5143cafc2d80f618bef79bd555bd07cd2a6b4c4040be");
        assertThat(TikTokSignature.ofCall(
                        "e59af819cc",
                        "/authorization/202309/shops",
                        Map.of("app_key", "29a39d", "timestamp", "1623812664"),
                        new byte[0]))
                .isEqualTo("b596b73e0cc6de07ac26f036364178ab16b0a907af13d43f0a0cd2345f582dc8");
    }

    @Test
    void inventoryUpdate_isSignedWithItsBody() {
        assertThat(sign(
                        "/product/202309/products/1729500000000000000/inventory/update",
                        Map.of("shop_cipher", "ROW_demo-Cipher_01"),
                        "{\"skus\":[{\"id\":\"1729500000000000001\",\"inventory\":"
                                + "[{\"warehouse_id\":\"7068000000000000001\",\"quantity\":42}]}]}"))
                .isEqualTo("a002ebd0ebd2d964b7286c603eeccd1a9f0060420690506060cd5123e40064bc");
    }

    @Test
    void pageToken_isSignedDecoded() {
        Map<String, String> query = Map.of(
                "shop_cipher", "ROW_demo-Cipher_01",
                "page_size", "50",
                "sort_field", "update_time",
                "sort_order", "ASC",
                "page_token", "aGVsbG8+d29ybGQ/Zm9vPT0=");

        assertThat(sign(
                        "/order/202309/orders/search",
                        query,
                        "{\"order_status\":\"AWAITING_SHIPMENT\",\"update_time_ge\":1794990000}"))
                .isEqualTo("7e94bbf372cf2f2dde044592561e95068ba13e17589ab5794eb1b1f45850c3b1");
    }

    @Test
    void multipartUpload_isSignedWithoutItsBody() {
        assertThat(sign("/product/202309/images/upload", Map.of(), ""))
                .isEqualTo("598897f90348db54d6b12f5be28f34e9621a145d5ac38eeeba539c80d9bb5562");
    }

    @Test
    void bodyOfManyScripts_isSignedAsUtf8() {
        assertThat(sign(
                        "/product/202509/products/1729500000000000000/partial_edit",
                        Map.of("shop_cipher", "ROW_demo-Cipher_01"),
                        "{\"title\":\"Café crème – 咖啡\"}"))
                .isEqualTo("1452917566df4cc1e640d1f73532c4c24c2db94de77f6ce89ee722fc623b1a62");
    }

    @Test
    void joinedIds_areSignedJoined() {
        assertThat(sign(
                        "/order/202507/orders",
                        Map.of(
                                "shop_cipher", "ROW_demo-Cipher_01",
                                "ids", "576000000000000001,576000000000000002"),
                        ""))
                .isEqualTo("7c959f8278f91f12444f9db9f77986d64935ab9a0ab5f500b6c17583875f5cd5");
    }

    @Test
    void signAndToken_areNotSigned() {
        assertThat(TikTokSignature.ofCall(
                        "app_secret",
                        "/test-api",
                        Map.of("foo", "bar", "sign", "old", "access_token", "t"),
                        new byte[0]))
                .isEqualTo("d3cb7fe11ecae942802ceeca67e7cf10120cc12f1517d45fbc1c8cfe5413c80f");
    }

    @Test
    void webhook_isSignedOverAppKeyAndBody() {
        String body = "{\"type\":1,\"tts_notification_id\":\"7400000000000000001\",\"shop_id\":\"7490000000000000001\","
                + "\"timestamp\":1795000000,\"data\":{\"order_id\":\"576000000000000001\",\"order_status\":"
                + "\"AWAITING_SHIPMENT\",\"is_on_hold_order\":false,\"update_time\":1794999990}}";

        assertThat(TikTokSignature.ofWebhook(SECRET, "demoappkey01", body.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("fe75a2f268a5566643117474c0a3fef3d02fccbe953d31916e3667d0431b4241");
    }

    private static String sign(String path, Map<String, String> query, String body) {
        Map<String, String> all = new LinkedHashMap<>(query);
        all.put("app_key", "demoappkey01");
        all.put("timestamp", "1795000000");
        return TikTokSignature.ofCall(SECRET, path, all, body.getBytes(StandardCharsets.UTF_8));
    }
}
