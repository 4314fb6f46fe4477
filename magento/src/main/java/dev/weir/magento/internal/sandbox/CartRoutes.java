package dev.weir.magento.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.weir.connectors.sandbox.SandboxRequest;

/** Which route of a cart does what? Of guests by the cart's masked id, of the customer by {@code mine}. */
record CartRoutes(Carts carts) {
    JsonNode carryOut(String operation, SandboxRequest request) {
        String id = Routes.id(request);
        JsonNode body = Routes.body(request);
        return switch (operation) {
            case "cartCreate" -> TextNode.valueOf(carts.create());
            case "myCartCreate" -> TextNode.valueOf(carts.mine());
            case "myCartItems" -> carts.items(id);
            case "myCartDrop" ->
                BooleanNode.valueOf(
                        carts.drop(id, request.path().substring(request.path().lastIndexOf('/') + 1)));
            case "cartAdd" -> carts.add(id, body.path("cartItem"));
            case "cartShippingMethods" -> carts.shippingMethods(id);
            case "cartShipping" -> carts.ship(id, body.path("addressInformation"));
            case "orderPlace" -> LongNode.valueOf(carts.place(id, body));
            default -> throw Refusal.bad("Operation " + operation + " is not known to this sandbox");
        };
    }
}
