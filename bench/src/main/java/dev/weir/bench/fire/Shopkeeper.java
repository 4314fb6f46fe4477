package dev.weir.bench.fire;

import java.io.IOException;
import java.util.List;
import java.util.Random;

/** Who brings more, gives units to channels and takes them back, and changes bundles, all while it burns? */
final class Shopkeeper {
    /** Orders of a channel are under way for so long at most. */
    private static final int IN_FLIGHT_MILLIS = 400;

    private static final int MOST_OWN = 14;

    private final History history;
    private final FireSettings settings;
    private final long seed;

    Shopkeeper(History history, FireSettings settings, long seed) {
        this.history = history;
        this.settings = settings;
        this.seed = seed;
    }

    /** Before the fire: what is there, and, for a {@code whole} shop, the bundle and the channels. */
    void open(int supply, boolean whole) throws IOException, InterruptedException {
        for (String sku : Wares.skus()) {
            insist(Event.Op.ONHAND, "count", List.of(new Line(sku, supply)));
        }
        if (whole) {
            insist(Event.Op.BUNDLE, Wares.SET, Wares.RECIPES.getFirst());
            for (Wares.Own own : Wares.allocated()) {
                insist(Event.Op.CHANNEL, own.channel(), List.of(new Line(own.sku(), IN_FLIGHT_MILLIS)));
                insist(Event.Op.ALLOCATE, own.channel(), List.of(new Line(own.sku(), MOST_OWN / 2)));
            }
        }
    }

    private void insist(Event.Op op, String id, List<Line> lines) throws IOException, InterruptedException {
        for (int i = 0; i < 200; i++) {
            if (history.askStraight(i % settings.hubs(), op, id, lines).word() == Answer.Word.DONE) {
                return;
            }
            Thread.sleep(50);
        }
        throw new IOException(op + " of " + id + " " + lines + ": not taken (expected: by a hub that is ready)");
    }

    void bringMore(long until) throws InterruptedException {
        Random random = new Random(seed);
        int[] brought = new int[Wares.skus().size()];
        while (System.nanoTime() < until) {
            Buyers.think(400 + random.nextInt(400), until);
            int which = random.nextInt(brought.length);
            brought[which] += 3 + random.nextInt(6);
            setOnHand(which, FireRun.SUPPLY + brought[which], random.nextInt(settings.hubs()));
        }
    }

    /** The same number until somebody has taken it, so that it is known in the end; 100 times at most. */
    private void setOnHand(int which, int level, int hub) throws InterruptedException {
        List<Line> line = List.of(new Line(Wares.skus().get(which), level));
        for (int i = 0; i < 100; i++) {
            if (history.ask((hub + i) % settings.hubs(), Event.Op.ONHAND, "count", line)
                            .word()
                    == Answer.Word.DONE) {
                return;
            }
            Thread.sleep(100);
        }
    }

    void allocate(long until) throws InterruptedException {
        Random random = new Random(seed + 1);
        while (System.nanoTime() < until) {
            Buyers.think(150 + random.nextInt(350), until);
            Wares.Own own =
                    Wares.allocated().get(random.nextInt(Wares.allocated().size()));
            List<Line> line = List.of(new Line(own.sku(), random.nextInt(MOST_OWN + 1)));
            history.ask(random.nextInt(settings.hubs()), Event.Op.ALLOCATE, own.channel(), line);
        }
    }

    void recompose(long until) throws InterruptedException {
        Random random = new Random(seed + 2);
        for (int i = 1; System.nanoTime() < until; i++) {
            Buyers.think(700 + random.nextInt(1_500), until);
            List<Line> recipe = Wares.RECIPES.get(i % Wares.RECIPES.size());
            history.ask(random.nextInt(settings.hubs()), Event.Op.BUNDLE, Wares.SET, recipe);
        }
    }
}
