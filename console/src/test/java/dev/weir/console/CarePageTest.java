package dev.weir.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator is told of connected shops without having asked: what does not work there, and what buyers wish. */
class CarePageTest extends PageTest {
    @BeforeEach
    void openConnections() {
        open("/operator#key=" + FixtureHub.KEY);
        at("tab-connections").waitFor();
        open("/operator#connections");
        at("connection-cn_1").waitFor();
    }

    @Test
    void platformThatDoesNotPush_isShownAtItsConnection() {
        assertThat(at("connection-cn_2").getByTestId("chore-subscriptions"))
                .containsText("The platform does not push to this hub. REJECTED: address: http://hub");
        assertThat(at("connection-cn_1").getByTestId("chore-subscriptions")).hasCount(0);
    }

    @Test
    void buyerWhoAsksWhatIsKept_isShownWithTheDay_savedAndAnswered() throws Exception {
        assertThat(at("privacy-pr_1")).containsText("ana@example.com asks what is kept of them. To be answered by");

        Download saved = page.waitForDownload(
                () -> at("privacy-pr_1").getByText("Save what is kept").click());
        assertThat(Files.readString(saved.path())).contains("\"externalId\": \"1001\"");
        at("privacy-pr_1").getByText("Handed over").click();

        assertThat(page.getByText("Noted as answered.")).isVisible();
        assertThat(hub.desk.asked).containsExactly("POST /api/privacy-requests/pr_1/answer {}");
    }
}
