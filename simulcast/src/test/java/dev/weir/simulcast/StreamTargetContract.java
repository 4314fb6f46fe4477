package dev.weir.simulcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.simulcast.testing.Clips;
import dev.weir.simulcast.testkit.FrameLog;
import dev.weir.simulcast.testkit.LiveFeed;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What may be relied on whatever kind of address a target has? Every kind runs this with a receiver of its own.
 */
@Execution(ExecutionMode.CONCURRENT)
abstract class StreamTargetContract {

    /** The far end of one target, which can be broken and mended. */
    interface Receiver extends AutoCloseable {

        /** Where to push. */
        String url();

        /** What came. */
        FrameLog log();

        /** Ends the connection; nobody is there until {@link #mend}. */
        void cut() throws Exception;

        /** Reads no more, but stays. */
        void stick() throws Exception;

        /** Takes streams again. */
        void mend() throws Exception;
    }

    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private LiveFeed feed;
    private StreamTargets targets;
    private Receiver receiver;
    private Receiver other;

    /** A receiver of this kind. */
    abstract Receiver receiver() throws Exception;

    /** How patient the targets are, apart from the times. */
    TargetPolicy policy() {
        return TargetPolicy.standard();
    }

    @BeforeEach
    void start() throws Exception {
        receiver = receiver();
        other = receiver();
        feed = LiveFeed.of(Clips.house(2));
        targets =
                feed.targets(policy().withTimes(Duration.ofSeconds(3), Duration.ofMillis(200), Duration.ofSeconds(1)));
    }

    @AfterEach
    void stop() throws Exception {
        targets.close();
        feed.close();
        receiver.close();
        other.close();
    }

    private void add(String id, Receiver to) {
        targets.add(new TargetSpec(id, id, null, to.url()));
    }

    private TargetStatus status(String id) {
        return targets.find(id).orElseThrow().status();
    }

    private void awaitState(String id, TargetState state) {
        await().atMost(PATIENCE).until(() -> status(id).state() == state);
    }

    private static void awaitFrames(Receiver from, int count) {
        await().atMost(PATIENCE).until(() -> from.log().size() >= count);
    }

    private static void awaitNewSession(Receiver from, int before) {
        await().atMost(PATIENCE)
                .until(() -> from.log().sessions() > before
                        && !from.log().pictures(from.log().sessions() - 1).isEmpty());
    }

    private static void assertNothingLost(List<MediaUnit> pictures) {
        for (int i = 1; i < pictures.size(); i++) {
            assertThat(pictures.get(i).dtsMillis() - pictures.get(i - 1).dtsMillis())
                    .isBetween(31L, 36L);
        }
    }

    @Test
    void target_isLiveWhenBytesLeaveAndLosesNothing() {
        add("t", receiver);
        awaitState("t", TargetState.LIVE);
        awaitFrames(receiver, 90);
        TargetStatus status = status("t");
        assertThat(status.bytes()).isGreaterThan(4096);
        assertThat(status.droppedUnits()).isZero();
        assertThat(status.lastError()).isNull();
        assertThat(status.history())
                .extracting(TargetEvent::state)
                .containsSubsequence(TargetState.CONNECTING, TargetState.LIVE);
        List<MediaUnit> pictures = receiver.log().pictures(0);
        assertThat(pictures.getFirst().key()).isTrue();
        assertThat(pictures.getFirst().headers().video().width()).isEqualTo(360);
        assertNothingLost(pictures);
    }

    @Test
    void peerThatLeaves_isReachedAgainAtAKeyFrameWithHeaders() throws Exception {
        add("t", receiver);
        awaitFrames(receiver, 30);
        int before = receiver.log().sessions();
        receiver.cut();
        awaitState("t", TargetState.BACKOFF);
        assertThat(status("t").lastError()).isNotBlank();
        assertThat(status("t").nextRetryAt()).isNotNull();
        receiver.mend();
        awaitNewSession(receiver, before);
        awaitState("t", TargetState.LIVE);
        assertThat(status("t").reconnects()).isPositive();
        List<MediaUnit> pictures = receiver.log().pictures(receiver.log().sessions() - 1);
        assertThat(pictures.getFirst().key()).isTrue();
        assertThat(pictures.getFirst().headers().video()).isNotNull();
        assertThat(pictures.getFirst().headers().audio()).isNotNull();
    }

    @Test
    void stuckPeer_canBeRemovedAndItsNeighbourLosesNothing() throws Exception {
        add("stuck", receiver);
        add("neighbour", other);
        awaitFrames(receiver, 10);
        awaitFrames(other, 10);
        receiver.stick();
        int before = other.log().size();
        awaitFrames(other, before + 120);
        StreamTarget stuck = targets.find("stuck").orElseThrow();
        assertThat(targets.remove("stuck")).isTrue();
        assertThat(stuck.status().state()).isEqualTo(TargetState.ENDED);
        awaitFrames(other, before + 150);
        assertThat(status("neighbour").droppedUnits()).isZero();
        assertThat(other.log().sessions()).isEqualTo(1);
        assertNothingLost(other.log().pictures(0));
    }

    @Test
    void peerThatReadsNoMore_isNotCalledLiveAndIsGivenUp() throws Exception {
        add("t", receiver);
        awaitState("t", TargetState.LIVE);
        awaitFrames(receiver, 30);
        receiver.stick();
        awaitState("t", TargetState.BACKOFF);
        assertThat(status("t").lastError()).containsAnyOf("no progress for 3 s", "write: Input/output error");
    }

    @Test
    void otherAddress_isTakenWhileLiveAndTheCountersGoOn() throws Exception {
        add("t", receiver);
        awaitState("t", TargetState.LIVE);
        awaitFrames(receiver, 30);
        long bytes = status("t").bytes();
        assertThat(targets.rekey("t", other.url())).isTrue();
        awaitFrames(other, 30);
        awaitState("t", TargetState.LIVE);
        assertThat(status("t").bytes()).isGreaterThan(bytes);
        assertThat(status("t").history()).extracting(TargetEvent::state).doesNotContain(TargetState.BACKOFF);
        assertThat(other.log().pictures(0).getFirst().key()).isTrue();
    }

    @Test
    void hostThatLeaves_letsTheTargetRestUntilTheNextOne() throws Exception {
        targets.close();
        TargetPolicy quick = policy().withHostGap(Duration.ofMillis(500));
        targets = feed.targets(quick);
        add("t", receiver);
        awaitFrames(receiver, 30);
        int before = receiver.log().sessions();
        feed.pause();
        awaitState("t", TargetState.IDLE);
        assertThat(status("t").lastError()).isNull();
        receiver.mend();
        feed.resume();
        awaitNewSession(receiver, before);
        awaitState("t", TargetState.LIVE);
    }
}
