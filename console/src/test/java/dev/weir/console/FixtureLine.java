package dev.weir.console;

import java.util.ArrayList;
import java.util.List;

/** The line for what is sold out: one for all products, served by hand. */
final class FixtureLine {
    private final FixtureShow show;
    private final FixtureShop shop;
    private final List<Entry> entries = new ArrayList<>();

    private static final class Entry {
        int place;
        String sku = "";
        String state = "WAITING";
        String hold = "";
    }

    FixtureLine(FixtureShow show, FixtureShop shop) {
        this.show = show;
        this.shop = shop;
    }

    synchronized FixtureShop.Answer join(String body) {
        return new FixtureShop.Answer(201, json(add(FixtureShop.field(body, "sku"))));
    }

    /** Somebody else. */
    synchronized void another(String sku) {
        add(sku);
    }

    synchronized FixtureShop.Answer entry(String id) {
        return new FixtureShop.Answer(200, json(entries.get(Integer.parseInt(id.substring(1)) - 1)));
    }

    synchronized FixtureShop.Answer leave(String id) {
        Entry entry = entries.get(Integer.parseInt(id.substring(1)) - 1);
        entry.state = entry.state.equals("WAITING") ? "LEFT" : entry.state;
        return new FixtureShop.Answer(204, "");
    }

    synchronized String stateOf(int place) {
        return entries.get(place - 1).state;
    }

    /** A unit came back: the next in line has it. */
    synchronized void serve() {
        Entry next = entries.stream()
                .filter(entry -> entry.state.equals("WAITING"))
                .findFirst()
                .orElseThrow();
        next.hold = FixtureShop.field(shop.take(next.sku, true).body(), "id");
        next.state = "OFFERED";
        show.send("waitlist", "{\"sku\":\"%s\",\"place\":%d}".formatted(next.sku, next.place));
    }

    private Entry add(String sku) {
        Entry entry = new Entry();
        entry.place = entries.size() + 1;
        entry.sku = sku;
        entries.add(entry);
        return entry;
    }

    private String json(Entry entry) {
        long position = entries.stream()
                .filter(other -> other.state.equals("WAITING") && other.place <= entry.place)
                .count();
        String hold = entry.hold.isEmpty()
                ? ""
                : ",\"holdId\":\"%s\",\"holdToken\":\"tok-%s\"".formatted(entry.hold, entry.hold);
        return "{\"id\":\"w%d\",\"showId\":\"sh_01\",\"sku\":\"%s\",\"quantity\":1,\"state\":\"%s\",\"place\":%d,\"position\":%d%s}"
                .formatted(
                        entry.place,
                        entry.sku,
                        entry.state,
                        entry.place,
                        entry.state.equals("WAITING") ? position : 0,
                        hold);
    }
}
