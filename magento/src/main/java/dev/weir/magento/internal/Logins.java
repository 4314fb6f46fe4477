package dev.weir.magento.internal;

import dev.weir.connectors.Connection;
import java.time.Duration;

/**
 * Who logs in where there is no integration? An administrator (whose token lasts 4 h by default, and who cannot be one of a shop that
 * asks for a second factor), and the customer in whose cart the hub places its orders (1 h). Kept for less than that.
 */
final class Logins {
    static final String ADMIN = "admin-token";
    static final String CUSTOMER = "customer-token";
    private static final Duration ADMIN_LASTS = Duration.ofHours(3);
    private static final Duration CUSTOMER_LASTS = Duration.ofMinutes(50);

    private final MagentoClient client;

    Logins(MagentoClient client) {
        this.client = client;
    }

    String admin() {
        return client.memory()
                .keep(ADMIN, ADMIN_LASTS, String.class, () -> login("admin", "adminUser", "adminPassword"));
    }

    String customer() {
        return client.memory()
                .keep(
                        CUSTOMER,
                        CUSTOMER_LASTS,
                        String.class,
                        () -> login("customer", "customerEmail", "customerPassword"));
    }

    private String login(String who, String user, String password) {
        Connection connection = client.connection();
        return client.as("")
                .repeatable(
                        who + "Token",
                        "/integration/" + who + "/token",
                        MagentoClient.object()
                                .put("username", connection.setting(user))
                                .put("password", connection.setting(password)))
                .asText();
    }
}
