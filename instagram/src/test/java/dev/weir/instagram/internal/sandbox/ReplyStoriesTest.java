package dev.weir.instagram.internal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelEvent;
import dev.weir.connectors.CommentReply;
import dev.weir.connectors.ContractBase;
import dev.weir.connectors.Fault;
import dev.weir.connectors.sandbox.SandboxDelivery;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How is somebody answered who commented under a live? */
class ReplyStoriesTest extends ContractBase {
    @Override
    protected String channel() {
        return "instagram";
    }

    @Test
    void commenter_isAnsweredInPrivate_once_whateverIsAsked() {
        String comment = comment("ana", "SKU42 x2");

        port().answer(comment, "Here is your basket: https://shop.example.com/checkout?products=SKU42%3A2");
        port().answer(comment, "And here it is again");

        assertThat(replies()).hasSize(1);
        assertThat(replies().getFirst().path("username").asText()).isEqualTo("ana");
        assertThat(replies().getFirst().path("text").asText()).startsWith("Here is your basket: https://");
    }

    @Test
    void lostAnswer_isAskedForAgain_andTheBuyerReadsItOnce() {
        String comment = comment("ana", "SKU42");
        bench.platform().flip(Habit.LOSES_ANSWERS.text(), true);

        port().answer(comment, "Held for you");

        assertThat(replies()).hasSize(1);
    }

    @Test
    void reply_afterTheLive_andToACommentThatIsNotThere_isRefusedInMetasWords() {
        String comment = comment("ana", "SKU42");
        bench.platform().flip(Habit.LIVE_ENDED.text(), true);

        assertThatThrownBy(() -> port().answer(comment, "Held for you")).hasMessageContaining("The live is over");
        assertFault(Fault.REJECTED, () -> port().answer(comment, "Held for you"));
        assertFault(Fault.REJECTED, () -> port().answer("1001", "Held for you"));
        assertThat(replies()).isEmpty();
    }

    @Test
    void textThatMetaWouldNotTake_neverLeaves() {
        String comment = comment("ana", "SKU42");

        assertThatThrownBy(() -> port().answer(comment, "é".repeat(501)))
                .hasMessageContaining("text: 1002 bytes (expected: 1..1000)");
        assertFault(Fault.REJECTED, () -> port().answer(comment, " "));
        assertThat(replies()).isEmpty();
    }

    private CommentReply port() {
        return channelUnderTest().commentReply(bench.connection());
    }

    private List<JsonNode> replies() {
        return bench.platform().messages().stream().map(Json::read).toList();
    }

    private String comment(String author, String text) {
        SandboxDelivery pushed = bench.platform().comment(author, text).getFirst();
        ChannelEvent said = channelUnderTest()
                .orderWebhook(bench.connection())
                .read(bench.arrive(pushed))
                .getFirst();
        return ((ChannelEvent.CommentMade) said).externalId();
    }
}
