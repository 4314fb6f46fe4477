package dev.weir.magento.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where an order goes, of which a marketplace tells little. */
class AddressesTest {
    @Test
    void whatAMarketplaceKeepsToItself_isFilledWithWhatMagentoTakes() {
        ObjectNode address = Addresses.of(
                "x1@chat.seller.tiktok.com", Map.of("name", " ", "line1", "", "country", "GB", "phone", ""));
        assertThat(address.path("firstname").asText()).isEqualTo("Guest");
        assertThat(address.path("lastname").asText()).isEqualTo("Guest");
        assertThat(address.path("city").asText()).isEqualTo("-");
        assertThat(address.path("postcode").asText()).isEqualTo("-");
        assertThat(address.path("telephone").asText()).isNotBlank();
        assertThat(address.path("street")).hasSize(1);
        assertThat(address.path("street").path(0).asText()).isEqualTo("-");
        assertThat(address.path("country_id").asText()).isEqualTo("GB");
    }

    @Test
    void whatIsMasked_goesOnAsItIsShown() {
        ObjectNode address = Addresses.of(
                "ana@example.com",
                Map.of(
                        "name",
                        "A** Maria L**",
                        "line1",
                        "1 H*** Street",
                        "line2",
                        "Flat 2",
                        "phone",
                        "(+44)7******89"));
        assertThat(address.path("firstname").asText()).isEqualTo("A** Maria");
        assertThat(address.path("lastname").asText()).isEqualTo("L**");
        assertThat(address.path("telephone").asText()).isEqualTo("(+44)7******89");
        assertThat(address.path("street").path(1).asText()).isEqualTo("Flat 2");
    }
}
