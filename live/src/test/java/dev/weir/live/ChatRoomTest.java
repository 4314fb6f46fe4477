package dev.weir.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ChatRoomTest {
    private final LiveBench bench = new LiveBench();
    private final ChatRoom chat = bench.live.chat();
    private final Show show = bench.show();

    @Test
    void messages_comeBackOldestFirstAndAreHeard() {
        ChatRoom.Message one = chat.post(show.id(), "s", " Ana ", "hello");
        ChatRoom.Message two = chat.post(show.id(), "s", "Ana", "😀".repeat(500));

        assertThat(one.name()).isEqualTo("Ana");
        assertThat(chat.recent(show.id(), 10)).containsExactly(one, two);
        assertThat(chat.recent(show.id(), 1)).containsExactly(two);
        assertThat(bench.heardNames()).containsExactly("chat", "chat");
    }

    @Test
    void badText_isRefusedAndNotHeard() {
        for (String text : new String[] {"", "  ", "x".repeat(501), "a\u0000b", "a\u202Eb"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> chat.post(show.id(), "s", "Ana", text))
                    .withMessageContaining("text: ");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> chat.post(show.id(), "s", "x".repeat(41), "hi"));
        assertThatIllegalArgumentException().isThrownBy(() -> chat.post(UUID.randomUUID(), "s", "Ana", "hi"));
        assertThat(bench.heard).isEmpty();
    }

    @Test
    void fastSender_isSlowedAloneAndOnlyForAWhile() {
        for (int i = 0; i < 20; i++) {
            chat.post(show.id(), "fast", "Ana", "message " + i);
        }

        assertThatThrownBy(() -> chat.post(show.id(), "fast", "Ana", "one more"))
                .isInstanceOf(ChatRoom.TooFast.class);
        chat.post(show.id(), "other", "Bo", "hi");
        bench.clock.turn(Duration.ofSeconds(10));
        chat.post(show.id(), "fast", "Ana", "again");
    }
}
