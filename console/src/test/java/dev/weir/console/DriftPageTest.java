package dev.weir.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ops see what shops show otherwise, and decide on it; on a phone. */
class DriftPageTest extends PageTest {
    @BeforeEach
    void openDrift() {
        page.onDialog(Dialog::accept);
        open("/ops#key=" + FixtureHub.KEY);
        at("tab-drift").click();
        at("drifts").waitFor();
    }

    @Test
    void differences_areShownWithNumbersWorthAndCause_andHealedByAButtonThatSaysWhatItWrites() {
        assertThat(at("drift-figures")).containsText("613");
        assertThat(at("drift-figures")).containsText("612");
        assertThat(at("drift-d1")).containsText("expected 12, shows 15");
        assertThat(at("drift-d1")).containsText("96.00");
        assertThat(at("drift-d1")).containsText("changed at the shop");
        assertThat(at("drift-d1")).containsText("Tonwerk");
        assertThat(at("drift-d1")).containsText("no order accounts for it");
        assertThat(at("drift-d2")).containsText("late echo");

        at("heal-d1").click();

        assertThat(page.locator(".toast")).hasText("VASE-OCEAN is 12 again.");
        assertThat(hub.desk.asked).containsExactly("POST /api/drift/d1/heal {}");
        noneIsTooWide();
    }

    @Test
    void runUnderWay_tellsHowFarItIs_andOneThatWasHeldBackIsHealedByForce() {
        assertThat(at("run-r2")).containsText("reading its numbers, 4,000 SKUs so far, 3 differ");
        assertThat(at("run-r2")).containsText("slow down");
        assertThat(at("run-r1")).containsText("612 of 10000 differ");

        at("force-r1").click();

        assertThat(page.locator(".toast")).hasText("Asked for. It begins in a moment.");
        assertThat(hub.desk.asked)
                .containsExactly("POST /api/drift/runs {\"connectionId\":\"cn_1\",\"mode\":\"HEAL\",\"force\":true}");
        noneIsTooWide();
    }

    @Test
    void shop_isComparedWhenItIsAskedFor_andOnlyThoseThatTellTheirNumbersAreOffered() {
        assertThat(at("compare").locator("option")).hasCount(2);
        page.getByLabel("Shop").selectOption("cn_2");
        at("compare").getByRole(AriaRole.CHECKBOX).check();
        at("compare-report").click();

        assertThat(page.locator(".toast")).hasText("Asked for. It begins in a moment.");
        assertThat(hub.desk.asked)
                .containsExactly(
                        "POST /api/drift/runs {\"connectionId\":\"cn_2\",\"mode\":\"REPORT\",\"listings\":true}");
    }

    @Test
    void healed_isShownWithWhatItWas_andARefusedUndoSaysWhy() {
        at("drift-HEALED").click();
        assertThat(at("drift-d3")).containsText("healed: 15 → 12 by schedule");
        assertThat(at("undo-d4")).hasCount(0);

        at("undo-d3").click();

        assertThat(page.locator(".toast")).containsText("the shop shows 9 meanwhile (expected: 12)");
        assertThat(hub.desk.asked).containsExactly("POST /api/drift/d3/undo {}");
        at("drift-ASKS").click();
        assertThat(page.getByText("Nothing waits for you")).isVisible();
        noneIsTooWide();
    }

    private void noneIsTooWide() {
        assertThat((int) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                .isLessThanOrEqualTo(0);
    }
}
