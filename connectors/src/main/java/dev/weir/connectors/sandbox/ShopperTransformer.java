package dev.weir.connectors.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import dev.weir.connectors.Sku;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The shopper's side of the sandbox: buys at a platform, and shows its shelves and orders. */
final class ShopperTransformer implements ResponseTransformerV2 {
    static final String NAME = "weir-shopper";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, SandboxPlatform> platforms;
    private final SandboxCourier courier;

    ShopperTransformer(Map<String, SandboxPlatform> platforms, SandboxCourier courier) {
        this.platforms = platforms;
        this.courier = courier;
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public boolean applyGlobally() {
        return false;
    }

    @Override
    public Response transform(Response response, ServeEvent event) {
        return PlatformTransformer.write(answer(PlatformTransformer.read(event.getRequest())));
    }

    private SandboxAnswer answer(SandboxRequest request) {
        String[] parts = request.path().split("/", -1);
        SandboxPlatform platform = parts.length == 3 ? platforms.get(parts[1]) : null;
        if (platform == null) {
            return problem(404, "path: " + request.path() + " (expected: /{channel}/orders or /{channel}/stock)");
        }
        return switch (request.method() + " " + parts[2]) {
            case "POST orders" -> buy(platform, request);
            case "POST comments" -> comment(platform, request);
            case "POST cancellations" -> ofOrder(request, platform::callOff);
            case "POST shipments" -> ofOrder(request, platform::ship);
            case "GET orders" -> list("orders", platform.orders());
            case "GET messages" -> list("messages", platform.messages());
            case "GET stock" -> stock(platform);
            case "PUT stock" -> set(platform, request);
            case "GET quota" -> quota(platform);
            default ->
                problem(
                        405,
                        "method: " + request.method()
                                + " (expected: POST orders, POST cancellations, POST shipments, POST comments, PUT stock, GET orders, GET messages, GET stock, GET quota)");
        };
    }

    private SandboxAnswer buy(SandboxPlatform platform, SandboxRequest request) {
        try {
            JsonNode body = JSON.readTree(request.text());
            Sku sku = new Sku(body.path("sku").asText());
            SandboxPlatform.Sale sale = platform.buy(sku, body.path("quantity").asInt(1));
            if (sale.delivery() != null) {
                courier.send(platform.channel(), sale.delivery());
            }
            return SandboxAnswer.json(201, JSON.createObjectNode().put("orderId", sale.orderId()));
        } catch (JsonProcessingException e) {
            return problem(400, "body: not JSON (expected: {\"sku\",\"quantity\"})");
        } catch (IllegalArgumentException e) {
            return problem(422, String.valueOf(e.getMessage()));
        }
    }

    /** What the merchant does with an order in the platform's own pages. */
    private static SandboxAnswer ofOrder(SandboxRequest request, Consumer<String> act) {
        try {
            String order = JSON.readTree(request.text()).path("orderId").asText();
            act.accept(order);
            return SandboxAnswer.json(200, JSON.createObjectNode().put("orderId", order));
        } catch (JsonProcessingException e) {
            return problem(400, "body: not JSON (expected: {\"orderId\"})");
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
            return problem(422, String.valueOf(e.getMessage()));
        }
    }

    private SandboxAnswer comment(SandboxPlatform platform, SandboxRequest request) {
        try {
            JsonNode body = JSON.readTree(request.text());
            List<SandboxDelivery> pushed = platform.comment(
                    body.path("author").asText("viewer"), body.path("text").asText());
            pushed.forEach(delivery -> courier.send(platform.channel(), delivery));
            return SandboxAnswer.json(202, JSON.createObjectNode().put("pushed", pushed.size()));
        } catch (JsonProcessingException e) {
            return problem(400, "body: not JSON (expected: {\"author\",\"text\"})");
        } catch (IllegalArgumentException e) {
            return problem(422, String.valueOf(e.getMessage()));
        }
    }

    private static SandboxAnswer list(String name, List<String> documents) {
        ArrayNode list = JSON.createArrayNode();
        for (String document : documents) {
            try {
                list.add(JSON.readTree(document));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("One of the sandbox's " + name + " is not JSON", e);
            }
        }
        return SandboxAnswer.json(200, JSON.createObjectNode().set(name, list));
    }

    private static SandboxAnswer set(SandboxPlatform platform, SandboxRequest request) {
        try {
            JsonNode body = JSON.readTree(request.text());
            platform.set(new Sku(body.path("sku").asText()), body.path("units").asInt(-1));
            return SandboxAnswer.json(200, body);
        } catch (JsonProcessingException e) {
            return problem(400, "body: not JSON (expected: {\"sku\",\"units\"})");
        } catch (IllegalArgumentException e) {
            return problem(422, String.valueOf(e.getMessage()));
        }
    }

    private static SandboxAnswer stock(SandboxPlatform platform) {
        ObjectNode levels = JSON.createObjectNode();
        platform.stock().forEach((sku, units) -> levels.put(sku.value(), units));
        return SandboxAnswer.json(200, levels);
    }

    private static SandboxAnswer quota(SandboxPlatform platform) {
        try {
            return SandboxAnswer.json(200, JSON.createObjectNode().put("tooMany", platform.tooMany()));
        } catch (UnsupportedOperationException e) {
            return problem(404, String.valueOf(e.getMessage()));
        }
    }

    private static SandboxAnswer problem(int status, String detail) {
        return SandboxAnswer.json(status, JSON.createObjectNode().put("detail", detail));
    }
}
