package dev.weir.connectors;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * What is this thread at work on? Until it is closed each line that the thread logs carries the ids (SLF4J's MDC), and so does each span
 * of {@link Traces} that begins. Closing forgets also what was {@linkplain #learned learnt} meanwhile, so nothing is left on a thread that goes
 * on to other work. Ids only, never a name or an address. Belongs to the thread that made it, which closes it.
 */
public final class AtWork implements AutoCloseable {
    /** A line for each step of an order's way. */
    private static final Logger WAY = LoggerFactory.getLogger("dev.weir.way");

    private static final ThreadLocal<AtWork> INNERMOST = new ThreadLocal<>();
    private static final int LONGEST = 200;

    private final @Nullable AtWork outer = INNERMOST.get();
    private final @Nullable Map<String, String> before = MDC.getCopyOfContextMap();

    private AtWork() {
        INNERMOST.set(this);
    }

    /** Kinds of ids. */
    public enum On {
        /** The hub's own id of an order. */
        ORDER("order"),
        /** What its platform calls it; of a delivery about something else, whatever its channel groups deliveries by. */
        SHOP_ORDER("shopOrder"),
        /** A connected shop. */
        CONNECTION("connection"),
        /** A row of the inbox. */
        DELIVERY("delivery"),
        /** A show. */
        SHOW("show");

        private final String key;

        On(String key) {
            this.key = key;
        }

        /** In log lines. */
        public String key() {
            return key;
        }

        /** In spans. */
        public String attribute() {
            return "weir." + key;
        }
    }

    /** From now on this thread is at work on the one of that id. */
    public static AtWork on(On what, Object id) {
        AtWork work = new AtWork();
        learned(what, id);
        return work;
    }

    /** And on this one. */
    public AtWork and(On what, Object id) {
        learned(what, id);
        return this;
    }

    /** What the thread is at work on turns out to be about this one as well; forgotten with what is innermost, without which it is for the span alone. */
    public static void learned(On what, Object id) {
        String text = id.toString();
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        if (INNERMOST.get() != null) {
            MDC.put(what.key, cut);
        }
        Traces.note(what.attribute(), cut);
    }

    /** Logs a step of an order's way, for {@code dev.weir.way} at INFO; {@code step} in SLF4J's form. */
    public static void tell(String step, Object... values) {
        WAY.info(step, values);
    }

    @Override
    public void close() {
        if (outer == null) {
            INNERMOST.remove();
        } else {
            INNERMOST.set(outer);
        }
        if (before == null) {
            MDC.clear();
        } else {
            MDC.setContextMap(before);
        }
    }
}
