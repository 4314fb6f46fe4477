package dev.weir.simulcast.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.Track;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A host of 25 pictures and 50 sounds a second, whose clocks do strange things. */
class TimelineTest {

    private static final long TEN_HOURS = 36_000_000;
    private static final long WRAP = 1L << 32;

    private final Timeline timeline = new Timeline();
    private final List<MediaUnit> placed = new ArrayList<>();

    TimelineTest() {
        timeline.resume(0);
    }

    private void send(Track track, long dts) {
        timeline.place(new MediaUnit(track, dts, dts, true, new byte[1], StreamHeaders.NONE), StreamHeaders.NONE)
                .ifPresent(placed::add);
    }

    /** Plays that much of the host's time, each track with its own shift. */
    private void play(long from, long until, long videoShift, long audioShift) {
        for (long at = from; at < until; at += 20) {
            send(Track.AUDIO, at + audioShift);
            if (at % 40 == 0) {
                send(Track.VIDEO, at + videoShift);
            }
        }
    }

    private List<Long> times(Track track) {
        return placed.stream()
                .filter(unit -> unit.track() == track)
                .map(MediaUnit::dtsMillis)
                .toList();
    }

    private void assertGrowsInSteps(Track track, long longest) {
        List<Long> times = times(track);
        for (int i = 1; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 1)).as("step %d", i).isBetween(1L, longest);
        }
    }

    /** How far the sound of a moment is from its picture. */
    private long skew() {
        return times(Track.AUDIO).getLast() - times(Track.VIDEO).getLast();
    }

    @Test
    void steadyHost_keepsItsTimes() {
        play(5000, 9000, 0, 0);
        assertThat(times(Track.VIDEO)).startsWith(0L, 40L, 80L).endsWith(3960L);
        assertThat(skew()).isEqualTo(20);
    }

    @Test
    void jumpOfTenHoursForward_isOneStep() {
        play(0, 4000, 0, 0);
        play(4000, 8000, TEN_HOURS, TEN_HOURS);
        assertGrowsInSteps(Track.VIDEO, 60);
        assertGrowsInSteps(Track.AUDIO, 60);
        assertThat(skew()).isEqualTo(20);
    }

    @Test
    void jumpOfTenHoursBack_isOneStep() {
        play(TEN_HOURS, TEN_HOURS + 4000, 0, 0);
        play(TEN_HOURS + 4000, TEN_HOURS + 8000, -TEN_HOURS, -TEN_HOURS);
        assertGrowsInSteps(Track.VIDEO, 60);
        assertGrowsInSteps(Track.AUDIO, 60);
        assertThat(skew()).isEqualTo(20);
    }

    @Test
    void tracksThatJumpAtDifferentMoments_meetAgain() {
        play(0, 4000, 0, 0);
        play(4000, 4400, TEN_HOURS, 0);
        play(4400, 8000, TEN_HOURS, TEN_HOURS);
        assertGrowsInSteps(Track.VIDEO, 60);
        assertGrowsInSteps(Track.AUDIO, 60);
        assertThat(skew()).isBetween(0L, 40L);
    }

    @Test
    void wrapOf32BitsThatNobodyUnwrapped_isOneStep() {
        play(0, 2000, WRAP - 2000, WRAP - 2000);
        play(2000, 4000, -2000, -2000);
        assertGrowsInSteps(Track.VIDEO, 60);
        assertGrowsInSteps(Track.AUDIO, 60);
        assertThat(skew()).isEqualTo(20);
    }

    @Test
    void jumpsBeyondFiveSeconds_areStampedAnewAndShorterPausesAreKept() {
        play(0, 1000, 0, 0);
        play(5000, 6000, 0, 0);
        assertThat(times(Track.VIDEO)).contains(960L, 5000L);
        play(11_100, 12_000, 0, 0);
        assertThat(times(Track.VIDEO).getLast()).isLessThan(7000);
    }

    @Test
    void soundTwoSecondsAheadOfItsPicture_staysAtItsPlace() {
        for (long at = 0; at < 6000; at += 20) {
            send(Track.AUDIO, at);
            if (at >= 2000 && at % 40 == 0) {
                send(Track.VIDEO, at - 2000);
            }
        }
        assertThat(times(Track.VIDEO)).startsWith(0L, 40L);
        assertThat(skew()).isEqualTo(2020);
        play(6000, 9000, TEN_HOURS - 2000, TEN_HOURS);
        assertGrowsInSteps(Track.VIDEO, 60);
        assertThat(skew()).isBetween(1980L, 2040L);
    }

    @Test
    void soundAloneForTwoSeconds_keepsItsPlaceBesideTheLaterPicture() {
        for (long at = 0; at < 2000; at += 20) {
            send(Track.AUDIO, at);
        }
        play(2000, 3000, 0, 0);
        assertThat(times(Track.VIDEO)).startsWith(2000L);
        assertThat(skew()).isEqualTo(20);
    }

    @Test
    void trackThatPausesForLong_comesBackBesideTheOther() {
        play(0, 1000, 0, 0);
        for (long at = 1000; at < 30_000; at += 40) {
            send(Track.VIDEO, at);
        }
        play(30_000, 31_000, 0, 0);
        assertThat(skew()).isEqualTo(20);
    }

    @Test
    void clocksThatDriftApart_areFollowed() {
        for (int i = 0; i < 90_000; i++) {
            send(Track.VIDEO, i * 40L);
            send(Track.AUDIO, i * 40L + i / 30);
        }
        assertGrowsInSteps(Track.AUDIO, 42);
        assertThat(times(Track.VIDEO).getLast()).isEqualTo(89_999 * 40L);
        assertThat(skew()).isEqualTo(2999);
    }

    @Test
    void smallStepBack_isNotHeardTwice() {
        play(0, 4000, 0, 0);
        play(3500, 6000, 0, 0);
        assertGrowsInSteps(Track.AUDIO, 20);
        assertGrowsInSteps(Track.VIDEO, 40);
        assertThat(skew()).isEqualTo(20);
    }

    @Test
    void nextPublisher_goesOnWhereItIsTold() {
        play(0, 1000, 0, 0);
        timeline.resume(7000);
        play(500_000, 501_000, 0, 0);
        assertThat(times(Track.VIDEO)).contains(960L, 7000L).endsWith(7960L);
        timeline.resume(10);
        play(0, 1000, 0, 0);
        assertGrowsInSteps(Track.VIDEO, 6100);
    }

    @Test
    void publisherThatReturnsRightBehindTheLastPicture_leavesItAPicturesTime() {
        play(0, 1000, 0, 0);
        long last = times(Track.VIDEO).getLast();
        timeline.resume(last + 1);
        send(Track.VIDEO, 70_000);
        assertThat(times(Track.VIDEO).getLast() - last).isGreaterThanOrEqualTo(34);
    }
}
