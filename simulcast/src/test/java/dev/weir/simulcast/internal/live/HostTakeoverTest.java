package dev.weir.simulcast.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.simulcast.HostControl;
import dev.weir.simulcast.LiveStream;
import dev.weir.simulcast.LiveStreams;
import dev.weir.simulcast.TargetPolicy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A publisher whose place was taken is told so, whatever protocol either of them speaks. */
class HostTakeoverTest {

    private final LiveStreams streams = new LiveStreams(TargetPolicy.standard(), InstantSource.system());
    private final LiveStream live = streams.open("show");
    private final List<String> told = new ArrayList<>();
    private final HostControl first = new HostControl() {
        @Override
        public void disconnect(String reason) {
            told.add(reason);
        }
    };

    @AfterEach
    void close() {
        streams.close();
    }

    @Test
    void newPublisher_disconnectsTheOneBefore() {
        live.openHost().control(first);
        live.openHost();

        assertThat(told).singleElement().asString().contains("took over");
    }

    @Test
    void endOfTheLive_disconnectsThePublisher() {
        live.openHost().control(first);
        streams.end("show");

        assertThat(told).hasSize(1);
    }

    @Test
    void publisherThatLeft_isNotDisconnectedAgain() {
        var sink = live.openHost();
        sink.control(first);
        sink.closed("gone");
        live.openHost();

        assertThat(told).isEmpty();
    }
}
