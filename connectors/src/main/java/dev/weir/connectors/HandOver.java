package dev.weir.connectors;

import java.util.Locale;

/** Which orders that a shop sold are handed over to the brand's own shop, so that they are sent from there? */
public enum HandOver {
    /** None: the brand has another tool for it, or the shop sends what it sells. */
    NO,
    /** Those that the brand sends; not those that the channel sends from a warehouse of its own. */
    YES,
    /** Those that the channel sends as well. */
    ALL;

    /** Name of the setting of a connection. */
    public static final String SETTING = "ordersToOwnShop";

    /** What the operator chose for {@code connection}, or {@code usual} when nothing; anything else is the operator's fault. */
    public static HandOver of(Connection connection, HandOver usual) {
        String chosen = connection.setting(SETTING, usual.name()).toUpperCase(Locale.ROOT);
        for (HandOver each : values()) {
            if (each.name().equals(chosen)) {
                return each;
            }
        }
        throw new ChannelException(
                Fault.UNAUTHORISED, SETTING + ": " + chosen.toLowerCase(Locale.ROOT) + " (expected: yes, all or no)");
    }

    /** Whether an order is among them; {@code byChannel}: the channel sends it. */
    public boolean takes(boolean byChannel) {
        return switch (this) {
            case NO -> false;
            case YES -> !byChannel;
            case ALL -> true;
        };
    }
}
