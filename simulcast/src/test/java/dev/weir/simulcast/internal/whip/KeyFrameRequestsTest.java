package dev.weir.simulcast.internal.whip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyFrameRequestsTest {

    private final KeyFrameRequests requests = new KeyFrameRequests(0);

    @Test
    void publisherWithoutKeyFrames_isAskedEveryTwoSeconds() {
        assertThat(dueUntil(6500)).containsExactly(2000L, 4000L, 6000L);
    }

    @Test
    void publisherWithKeyFrames_isNotAsked() {
        requests.keyArrived(1900);
        assertThat(dueUntil(3890)).isEmpty();
    }

    @Test
    void wantedKeyFrame_isAskedForAtOnce() {
        requests.keyArrived(900);
        requests.want();

        assertThat(requests.isDue(1000)).isTrue();
        assertThat(requests.isDue(1010)).isFalse();
    }

    @Test
    void secondWishWithinHalfASecond_waits_andIsNotLost() {
        requests.want();
        assertThat(requests.isDue(1000)).isTrue();
        requests.want();

        assertThat(requests.isDue(1499)).isFalse();
        assertThat(requests.isDue(1500)).isTrue();
        assertThat(requests.sent()).isEqualTo(2);
    }

    @Test
    void wish_isMetByAKeyFrameThatComesByItself() {
        requests.want();
        requests.keyArrived(100);

        assertThat(requests.isDue(600)).isFalse();
    }

    private List<Long> dueUntil(long end) {
        List<Long> due = new ArrayList<>();
        for (long now = 0; now <= end; now += 10) {
            if (requests.isDue(now)) {
                due.add(now);
            }
        }
        return due;
    }
}
