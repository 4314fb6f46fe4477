package dev.weir.hub.internal.web;

import dev.weir.checkout.Checkouts;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** From a hold to a payment, without leaving the stream. */
@RestController
@RequestMapping("/api/checkouts")
class CheckoutApi {
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private final Checkouts checkouts;

    CheckoutApi(Checkouts checkouts) {
        this.checkouts = checkouts;
    }

    record Shipping(
            @Nullable String name,
            @Nullable String line1,
            @Nullable String line2,
            @Nullable String city,
            @Nullable String postalCode,
            @Nullable String country) {}

    record NewCheckout(
            @Nullable String holdToken,
            @Nullable String email,
            @Nullable Shipping shipping,
            @Nullable String gateway) {}

    @PostMapping
    ResponseEntity<Object> open(@RequestBody NewCheckout body) {
        String email = Inputs.text("email", body.email(), 254);
        if (!email.matches("[^@\\s]+@[^@\\s]+")) {
            throw new IllegalArgumentException("email: " + email + " (expected: name@host)");
        }
        Checkouts.Request request = new Checkouts.Request(
                Inputs.text("holdToken", body.holdToken(), 256),
                email,
                address(Inputs.required("shipping", body.shipping())),
                body.gateway());
        return switch (checkouts.open(request)) {
            case Checkouts.Opened.Ready ready ->
                ResponseEntity.created(
                                URI.create("/api/checkouts/" + ready.checkout().id()))
                        .body(view(ready.checkout(), true));
            case Checkouts.Opened.UnknownHold unknown ->
                Problem.invalid(422, "holdToken: unknown (expected: the token of a hold)")
                        .answer();
            case Checkouts.Opened.HoldLost lost ->
                Problem.of(
                                409,
                                "hold-lost",
                                "The hold has ended",
                                "holdToken: " + lost.reason() + " (expected: a hold within its time)")
                        .answer();
            case Checkouts.Opened.GatewayDown down ->
                Problem.retryLater(
                        "The payment gateway did not take the payment: " + down.reason(),
                        down.retryAfter().toSeconds());
        };
    }

    @GetMapping("/{id}")
    Map<String, Object> find(@PathVariable String id) {
        return checkouts
                .find(Inputs.uuid("id", id))
                .map(checkout -> view(checkout, false))
                .orElseThrow(() -> new NotFound("id", id));
    }

    private static Map<String, String> address(Shipping shipping) {
        String country = Inputs.text("shipping.country", shipping.country(), 2).toUpperCase(Locale.ROOT);
        if (!COUNTRIES.contains(country)) {
            throw new IllegalArgumentException(
                    "shipping.country: " + country + " (expected: an ISO 3166 code of two letters)");
        }
        Map<String, String> address = new LinkedHashMap<>();
        address.put("name", Inputs.text("shipping.name", shipping.name(), 120));
        address.put("line1", Inputs.text("shipping.line1", shipping.line1(), 200));
        if (shipping.line2() != null && !shipping.line2().isBlank()) {
            address.put("line2", Inputs.text("shipping.line2", shipping.line2(), 200));
        }
        address.put("city", Inputs.text("shipping.city", shipping.city(), 120));
        address.put("postalCode", Inputs.text("shipping.postalCode", shipping.postalCode(), 20));
        address.put("country", country);
        return address;
    }

    private static Map<String, Object> view(Checkouts.CheckoutView checkout, boolean secret) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", checkout.id());
        view.put("holdId", checkout.holdId());
        view.put("state", checkout.state());
        view.put("total", checkout.total());
        view.put("gateway", checkout.gateway());
        view.put("expiresAt", checkout.expiresAt());
        view.put("orderId", checkout.orderId());
        view.put("reason", checkout.reason());
        if (secret) {
            view.put("clientSecret", checkout.clientSecret());
            view.put("publishableKey", checkout.publishableKey());
            view.put("confirmUrl", "/sandbox-pay/" + checkout.paymentReference());
        }
        return view;
    }
}
