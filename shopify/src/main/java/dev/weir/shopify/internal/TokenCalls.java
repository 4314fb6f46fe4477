package dev.weir.shopify.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.BudgetTerms;
import dev.weir.connectors.http.CallsPerWindow;
import dev.weir.connectors.http.ChannelHttp;
import dev.weir.connectors.http.Classifier;
import dev.weir.connectors.http.HttpAnswer;
import dev.weir.connectors.http.HttpCall;
import dev.weir.connectors.http.Lane;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How is the shop's token endpoint asked? One address for every grant, a form in, JSON out. */
final class TokenCalls {
    /** Tokens are asked for at another door, and not paid for with points. */
    private static final BudgetTerms TERMS = new CallsPerWindow("token", 4, Duration.ofSeconds(1));

    private static final String WRONG_SECRET =
            "webhookSecret: not the app's (expected: the client secret beside its client id). ";
    private static final String WRONG_CLIENT = "clientId: no app has it (expected: the client id of your app). ";

    private final ChannelHttp http;

    TokenCalls(ChannelHttp http) {
        this.http = http;
    }

    /**
     * The answer to {@code form}, sent with client id and secret.
     *
     * @param safe whether it may be sent again when its answer is lost: a refresh may, a code is spent
     */
    JsonNode ask(Connection shop, Map<String, String> form, boolean safe) {
        Map<String, String> whole = new LinkedHashMap<>();
        whole.put("client_id", shop.setting("clientId"));
        whole.put("client_secret", shop.setting("webhookSecret"));
        whole.putAll(form);
        HttpCall call = new HttpCall(
                        "AccessToken",
                        "POST",
                        URI.create(ShopifyClient.base(shop) + "/admin/oauth/access_token"),
                        Map.of("Content-Type", "application/x-www-form-urlencoded", "Accept", "application/json"),
                        OAuthQuery.encoded(whole).getBytes(StandardCharsets.UTF_8),
                        safe)
                .in(Lane.HOLD);
        return ShopifyClient.parse(http.exchange(shop, call, new Refusals(safe), TERMS));
    }

    /** Whether {@code refusal} says that client id and secret are no pair of an app; all else says nothing of them. */
    static boolean isOfThePair(ChannelException refusal) {
        String message = String.valueOf(refusal.getMessage());
        return message.startsWith(WRONG_SECRET) || message.startsWith(WRONG_CLIENT);
    }

    /** Everything between 400 and 499 but throttling needs the operator. */
    private record Refusals(boolean safe) implements Classifier {
        @Override
        public @Nullable ChannelException fault(HttpAnswer answer) {
            int status = answer.status();
            if (status == 200) {
                return null;
            }
            if (status == 429) {
                return new ChannelException(
                        safe ? Fault.THROTTLED : Fault.OUTCOME_UNKNOWN, "AccessToken: HTTP 429", null, null);
            }
            if (status >= 500) {
                return new ChannelException(
                        safe ? Fault.TRANSIENT : Fault.OUTCOME_UNKNOWN, "AccessToken: HTTP " + status);
            }
            String reason = reason(answer);
            return new ChannelException(
                    Fault.UNAUTHORISED, suspect(reason) + "AccessToken: HTTP " + status + " " + reason);
        }

        private static String suspect(String reason) {
            return switch (reason) {
                case "invalid_client" -> WRONG_SECRET;
                case "application_cannot_be_found" -> WRONG_CLIENT;
                default -> "";
            };
        }

        /** The platform's word for it: {@code error} or {@code errors}, never what was sent. */
        private static String reason(HttpAnswer answer) {
            try {
                JsonNode body = ShopifyClient.JSON.readTree(answer.body());
                String word = body.path("error").asText(body.path("errors").asText(""));
                return word.length() > 60 ? word.substring(0, 60) : word;
            } catch (IOException e) {
                return "";
            }
        }
    }
}
