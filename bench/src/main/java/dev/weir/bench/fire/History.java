package dev.weir.bench.fire;

import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What did the buyers see? Asks for them and writes down when and what. Thread-safe. */
final class History {
    private final FireRig rig;
    private final String brand;
    private final Network network;
    private final Queue<Event> events = new ConcurrentLinkedQueue<>();
    private final Queue<Thread> underWay = new ConcurrentLinkedQueue<>();

    History(FireRig rig, String brand, Network network) {
        this.rig = rig;
        this.brand = brand;
        this.network = network;
    }

    /** Over the network, with whatever that does to it. */
    Answer ask(int hub, Event.Op op, String id, List<Line> lines) throws InterruptedException {
        long invoked = System.nanoTime();
        Network.Way way = network.way(op, id);
        return switch (way.fate()) {
            case STRAIGHT -> note(op, hub, id, lines, invoked, call(hub, op, id, lines));
            case LATE -> {
                Thread.sleep(way.millis());
                yield note(op, hub, id, lines, invoked, call(hub, op, id, lines));
            }
            case TWICE -> {
                later(way.millis(), () -> note(op, way.hub(), id, lines, invoked, call(way.hub(), op, id, lines)));
                yield note(op, hub, id, lines, invoked, call(hub, op, id, lines));
            }
            case UNHEARD -> {
                Answer lost = call(hub, op, id, lines);
                yield note(op, hub, id, lines, invoked, new Answer(Answer.Word.UNSURE, "unheard: " + lost));
            }
            case ABANDONED -> {
                later(way.millis(), () -> call(hub, op, id, lines));
                yield note(op, hub, id, lines, invoked, new Answer(Answer.Word.UNSURE, "abandoned"));
            }
        };
    }

    /** Past the network. */
    Answer askStraight(int hub, Event.Op op, String id, List<Line> lines) {
        long invoked = System.nanoTime();
        return note(op, hub, id, lines, invoked, call(hub, op, id, lines));
    }

    private Answer call(int hub, Event.Op op, String id, List<Line> lines) {
        String path = op.name().toLowerCase(Locale.ROOT);
        return rig.caller().call(rig.port(hub), path, brand, id, Line.text(lines));
    }

    private Answer note(Event.Op op, int hub, String id, List<Line> lines, long invoked, Answer answer) {
        events.add(new Event(op, hub, id, lines, invoked, System.nanoTime(), answer));
        return answer;
    }

    private void later(long millis, Runnable what) {
        underWay.add(Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(millis);
                what.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    /** Waits until nothing is under way; returns how many requests were. */
    int awaitStragglers() throws InterruptedException {
        int all = 0;
        for (Thread thread = underWay.poll(); thread != null; thread = underWay.poll()) {
            thread.join();
            all++;
        }
        return all;
    }

    List<Event> events() {
        return List.copyOf(events);
    }
}
