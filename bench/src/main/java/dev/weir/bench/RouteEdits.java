package dev.weir.bench;

import dev.weir.bench.rig.Machine;
import dev.weir.bench.rig.Options;
import dev.weir.routes.RouteEditStory;
import java.io.PrintStream;
import java.time.Duration;

/**
 * What becomes of messages while their routes are edited? Orders and deliveries come without a break; of five edits two are valid, one is
 * wrong, one is a file with something gone, one has an id twice, and each second valid edit of a route of Kafka is taken back. The goal is
 * that nothing is lost or doubled, that a bad edit changes nothing, and that a rollback takes 2 s at most.
 *
 * <p>Usage: {@code RouteEdits [edits=1000] [hubs=1] [pause=20]}, milliseconds between an order with a delivery and the next.
 */
public final class RouteEdits {
    private RouteEdits() {}

    /** Runs it and prints the figures. */
    public static void main(String[] args) throws Exception {
        Options options = new Options(args, "edits", "hubs", "pause");
        int edits = options.number("edits", 1_000);
        int hubs = options.number("hubs", 1);
        PrintStream out = System.out;
        out.printf(
                "%s; %d edits, %d hubs, PostgreSQL, Kafka and shop in one process%n", Machine.describe(), edits, hubs);
        RouteEditStory.Outcome outcome =
                RouteEditStory.run(edits, hubs, Duration.ofMillis(options.number("pause", 20)));
        out.printf(
                "edits: %d valid, %d wrong, %d with something gone, %d with an id twice; changed by bad ones: %d (expected: 0)%n",
                outcome.valid(),
                outcome.invalid(),
                outcome.removed(),
                outcome.twice(),
                outcome.changedByBad().size());
        outcome.changedByBad().forEach(out::println);
        out.printf(
                "messages: %d sent, %d effects, %d lost (expected: 0), %d doubled (expected: 0), %d seen again%n",
                outcome.sent(),
                outcome.effects(),
                outcome.sent() - outcome.effects(),
                outcome.doubled(),
                outcome.seenAgain());
        print(out, "version runs, applied or taken back", outcome.swapNanos(), outcome.wallNanos());
        print(out, "version runs, taken back", outcome.rollbackNanos(), outcome.wallNanos());
        print(out, "messages flow, taken back", outcome.flowingNanos(), outcome.wallNanos());
        print(out, "every hub runs it, taken back", outcome.everywhereNanos(), outcome.wallNanos());
        out.println("(expected of what is taken back: 2000 ms or less)");
        System.exit(0);
    }

    private static void print(PrintStream out, String name, long[] nanos, long wall) {
        if (nanos.length > 0) {
            out.println(new Figures(name, nanos, wall).line());
        }
    }
}
