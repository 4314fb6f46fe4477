package dev.weir.simulcast.internal.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandshakeGateTest {

    private final List<String> started = new ArrayList<>();
    private final HandshakeGate gate = new HandshakeGate(2);

    @Test
    void thirdWaits_andIsFirstToFollow() {
        for (String name : List.of("a", "b", "c", "d")) {
            gate.enter(() -> started.add(name));
        }
        assertThat(started).containsExactly("a", "b");
        gate.done();
        assertThat(started).containsExactly("a", "b", "c");
        gate.done();
        gate.done();
        gate.done();
        gate.enter(() -> started.add("e"));
        gate.enter(() -> started.add("f"));
        gate.enter(() -> started.add("g"));
        assertThat(started).containsExactly("a", "b", "c", "d", "e", "f");
    }
}
