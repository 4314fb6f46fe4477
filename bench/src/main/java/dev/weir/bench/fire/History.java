package dev.weir.bench.fire;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What did the buyers see? Asks for them and writes down when and what. Thread-safe. */
final class History {
    private final FireRig rig;
    private final String brand;
    private final ConcurrentLinkedQueue<Event> events = new ConcurrentLinkedQueue<>();

    History(FireRig rig, String brand) {
        this.rig = rig;
        this.brand = brand;
    }

    Answer ask(int hub, Event.Op op, String id, List<Line> lines) {
        String path = op.name().toLowerCase(Locale.ROOT);
        long invoked = System.nanoTime();
        Answer answer = rig.caller().call(rig.port(hub), path, brand, id, Line.text(lines));
        events.add(new Event(op, hub, id, lines, invoked, System.nanoTime(), answer));
        return answer;
    }

    List<Event> events() {
        return List.copyOf(events);
    }
}
