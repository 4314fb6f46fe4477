package dev.weir.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.live.ChatRoom.Heard;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How does what is said under a show's live elsewhere come into its chat? */
class CommentsTest {
    private final LiveBench bench = new LiveBench();
    private final ChatRoom chat = bench.live.chat();
    private final Show show = bench.show();
    private final UUID connection = UUID.randomUUID();

    @Test
    void comment_isHeardByStaffAlone_withItsChannel() {
        ChatRoom.Message own = chat.post(show.id(), "s", "Bo", "hello");

        ChatRoom.Message comment = said(hear("c1", "ana", "so pretty"));

        assertThat(comment.channel()).isEqualTo("instagram");
        assertThat(chat.recentEverywhere(show.id(), 10)).containsExactly(own, comment);
        assertThat(chat.recent(show.id(), 10)).containsExactly(own);
        assertThat(bench.heard).extracting(ShowEvents.Event::staffOnly).containsExactly(false, true);
        assertThat(bench.heard.getLast().data().get("channel")).isEqualTo("instagram");
    }

    @Test
    void commentToldTenTimes_isInTheChatOnce_alsoWhenAnotherShowRunsByThen() {
        said(hear("c1", "ana", "so pretty"));
        for (int told = 0; told < 9; told++) {
            assertThat(hear("c1", "ana", "so pretty")).isInstanceOf(Heard.Known.class);
        }
        Show next = bench.live.shows().create(bench.brand, "Next", "next-" + UUID.randomUUID(), "Mina", null);

        assertThat(chat.hear(next.id(), comment("c1", "ana", "so pretty"))).isInstanceOf(Heard.Known.class);
        assertThat(chat.recentEverywhere(show.id(), 10)).hasSize(1);
        assertThat(chat.recentEverywhere(next.id(), 10)).isEmpty();
        assertThat(bench.heard).hasSize(1);
    }

    @Test
    void commentOfARolledBackTransaction_comesAgainUnderTheSameId() {
        Heard[] first = new Heard[1];
        bench.transaction.executeWithoutResult(status -> {
            first[0] = hear("c1", "ana", "so pretty");
            status.setRollbackOnly();
        });

        assertThat(said(hear("c1", "ana", "so pretty")).id())
                .isEqualTo(said(first[0]).id());
    }

    @Test
    void longComment_isCut_andUnprintableOneIsRefusedInWords() {
        assertThat(said(hear("c1", "x".repeat(60), "😀".repeat(600))))
                .satisfies(cut -> assertThat(cut.name()).hasSize(40).endsWith("…"))
                .satisfies(cut -> assertThat(
                                cut.text().codePointCount(0, cut.text().length()))
                        .isEqualTo(500));

        Heard refused = hear("c2", "ana", "a\u202Eb");
        assertThat(((Heard.Refused) refused).reason()).contains("text: has a control character");
        assertThat(chat.recentEverywhere(show.id(), 10)).hasSize(1);
    }

    @Test
    void commenterWhoFloods_isSlowedAloneAndForAWhile() {
        for (int i = 0; i < 20; i++) {
            said(hear("a" + i, "ana", "me me me"));
        }

        assertThat(hear("a20", "ana", "me")).isInstanceOf(Heard.Refused.class);
        said(hear("b1", "bo", "hi"));
        bench.clock.turn(Duration.ofSeconds(10));
        said(hear("a21", "ana", "me again"));
    }

    private Heard hear(String id, String author, String text) {
        return chat.hear(show.id(), comment(id, author, text));
    }

    private ChatRoom.Comment comment(String id, String author, String text) {
        return new ChatRoom.Comment(connection, "instagram", id, author, text, bench.clock.instant());
    }

    private static ChatRoom.Message said(Heard heard) {
        assertThat(heard).isInstanceOf(Heard.Said.class);
        return ((Heard.Said) heard).message();
    }
}
