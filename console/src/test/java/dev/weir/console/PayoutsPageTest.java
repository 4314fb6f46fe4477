package dev.weir.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Finance holds what the platforms paid out against what is booked. */
class PayoutsPageTest extends PageTest {
    @BeforeEach
    void openFinance() {
        open("/finance#key=" + FixtureHub.KEY);
        at("payouts-table").waitFor();
    }

    @Test
    void payouts_sayWhatAgreesWhatDiffersAndWhatIsNotKnown() {
        assertThat(at("payouts-table").locator("tbody tr")).hasCount(2);
        assertThat(at("payouts-table").locator("tbody tr").first()).containsText("1 differ");
        assertThat(at("payouts-table").locator("tbody tr").first()).containsText("1 not known");
        assertThat(at("payouts-table").locator("tbody tr").first()).containsText("-€4.00");
        assertThat(at("payouts-table").locator("tbody tr").nth(1)).containsText("not compared");
    }

    @Test
    void ordersOfAPayout_beginWithThoseThatDiffer_andAllOfThemArePaged() {
        at("payout-354001").click();

        assertThat(at("payout-orders").locator("tbody tr")).hasCount(1);
        assertThat(at("payout-orders")).containsText("5770002");
        at("verdict-ALL").click();
        assertThat(at("payout-orders").locator("tbody tr")).hasCount(3);
        at("payout-more").click();
        assertThat(at("payout-orders").locator("tbody tr")).hasCount(6);
        at("payout-close").click();
        assertThat(at("payout")).hasCount(0);
        assertThat(hub.desk.asked)
                .anyMatch(asked -> asked.contains("verdict=DIFFERS"))
                .anyMatch(asked -> asked.contains("cursor=5770003"));
    }

    @Test
    void ordersOfAPayout_fitASmallPhone() {
        page.setViewportSize(360, 740);
        at("payout-354001").click();
        at("payout-orders").waitFor();

        assertThat((int) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                .isLessThanOrEqualTo(0);
    }
}
