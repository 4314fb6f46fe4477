package dev.weir.simulcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacketFanoutTest {

    private static final StreamHeaders HEADERS =
            new StreamHeaders(1, new VideoHeader(new byte[] {1}, 4, 16, 16, 66, 30), null);

    private final PacketFanout fanout = new PacketFanout();

    private void publish(long fromMillis, long toMillis) {
        for (long at = fromMillis; at < toMillis; at += 100) {
            fanout.publish(new MediaUnit(Track.VIDEO, at, at, at % 2000 == 0, new byte[100], HEADERS));
        }
    }

    private static List<MediaUnit> drain(Subscription subscription) throws InterruptedException {
        List<MediaUnit> units = new ArrayList<>();
        for (var unit = subscription.take(Duration.ZERO); unit.isPresent(); unit = subscription.take(Duration.ZERO)) {
            units.add(unit.get());
        }
        return units;
    }

    @Test
    void slowConsumer_losesUpToTheNextKeyFrameAndTheOthersNothing() throws Exception {
        var slow = fanout.subscribe(ConsumerSpec.named("slow"), false);
        var fast = fanout.subscribe(ConsumerSpec.named("fast"), false);
        List<MediaUnit> received = new ArrayList<>();
        for (int second = 0; second < 10; second++) {
            publish(second * 1000L, (second + 1) * 1000L);
            received.addAll(drain(fast));
        }
        assertThat(received).hasSize(100);
        assertThat(fast.droppedUnits()).isZero();
        List<MediaUnit> late = drain(slow);
        assertThat(late.getFirst().key()).isTrue();
        assertThat(late.size() + slow.droppedUnits()).isEqualTo(100);
        assertThat(slow.droppedUnits()).isPositive();
    }

    @Test
    void fullBytes_dropTheSame() throws Exception {
        var small = fanout.subscribe(new ConsumerSpec("small", 3000, 500), false);
        publish(0, 2100);
        assertThat(drain(small)).first().matches(MediaUnit::startsGop);
        assertThat(small.droppedUnits()).isEqualTo(20);
    }

    @Test
    void joiner_beginsWithTheLastKeyFrame() throws Exception {
        publish(0, 3500);
        var joiner = fanout.subscribe(ConsumerSpec.named("joiner"), true);
        assertThat(drain(joiner)).hasSize(15).first().matches(unit -> unit.dtsMillis() == 2000);
    }

    @Test
    void joinerWithoutGop_waitsForTheNextKeyFrame() throws Exception {
        publish(0, 3500);
        var joiner = fanout.subscribe(ConsumerSpec.named("joiner"), false);
        publish(3500, 4200);
        assertThat(drain(joiner)).extracting(MediaUnit::dtsMillis).containsExactly(4000L, 4100L);
    }

    @Test
    void close_letsConsumersDrainAndThenTellsThem() throws Exception {
        var subscription = fanout.subscribe(ConsumerSpec.named("c"), false);
        publish(0, 200);
        fanout.close();
        assertThat(drain(subscription)).hasSize(2);
        assertThat(subscription.isClosed()).isTrue();
        assertThat(fanout.subscribe(ConsumerSpec.named("late"), true).isClosed())
                .isTrue();
    }

    @Test
    void stats_tellRateAndGop() {
        publish(0, 6000);
        FanoutStats stats = fanout.stats();
        assertThat(stats.gopMillis()).isEqualTo(2000);
        assertThat(stats.framesPerSecond()).isBetween(9.0, 11.0);
        assertThat(stats.bitsPerSecond()).isBetween(7000L, 9000L);
        assertThat(stats.bFrames()).isFalse();
    }
}
