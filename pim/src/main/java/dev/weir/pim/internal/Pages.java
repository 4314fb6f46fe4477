package dev.weir.pim.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.HttpAnswer;
import dev.weir.connectors.http.Lane;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How is a list read that may come in pages? JSON names the next page at {@code nextAt} or in its Link header, CSV is one
 * page. At most {@value #MOST} pages, all of the first one's origin: the key goes nowhere else.
 */
final class Pages {
    private static final int MOST = 10_000;
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;[^,]*rel=\"?next\"?");

    private final PimClient client;
    private final Connection connection;
    private final String operation;
    private final Lane lane;

    Pages(PimClient client, Connection connection, String operation, Lane lane) {
        this.client = client;
        this.connection = connection;
        this.operation = operation;
        this.lane = lane;
    }

    /** @param items empty when nothing changed */
    record Page(
            HttpAnswer answer,
            List<JsonNode> items,
            @Nullable URI next) {}

    /** Hands every page from {@code first} on to {@code each}. */
    void walk(URI first, Consumer<Page> each) {
        URI address = first;
        for (int page = 1; address != null; page++) {
            if (page > MOST) {
                throw refused("more than " + MOST + " pages");
            }
            Page read = page(address, Map.of());
            each.accept(read);
            if (address.equals(read.next())) {
                throw refused("a page that names itself as the next one");
            }
            address = read.next();
        }
    }

    Page page(URI address, Map<String, String> headers) {
        HttpAnswer answer = client.get(operation, address, headers, lane);
        if (answer.status() == 304) {
            return new Page(answer, List.of(), null);
        }
        if (Objects.requireNonNullElse(answer.header("content-type"), "").contains("csv")) {
            return new Page(answer, List.copyOf(Csv.read(answer.text())), next(address, answer, null));
        }
        JsonNode whole = PimClient.json(operation, answer, Fault.REJECTED);
        String pointer = connection.setting("itemsAt", "");
        JsonNode list = at("itemsAt", whole, pointer);
        if (!list.isArray()) {
            throw refused("no list at itemsAt \"" + pointer + "\"");
        }
        List<JsonNode> items = new ArrayList<>(list.size());
        list.forEach(items::add);
        return new Page(answer, items, next(address, answer, whole));
    }

    private @Nullable URI next(URI address, HttpAnswer answer, @Nullable JsonNode whole) {
        String pointer = connection.setting("nextAt", "");
        String named = whole == null || pointer.isBlank()
                ? link(answer)
                : at("nextAt", whole, pointer).asText("");
        if (named.isBlank() || named.equals("null")) {
            return null;
        }
        URI next;
        try {
            next = named.startsWith("?") ? URI.create(withoutQuery(address) + named) : address.resolve(named);
        } catch (IllegalArgumentException e) {
            throw new ChannelException(Fault.REJECTED, operation + ": next page " + named + " is no address", null, e);
        }
        if (!Objects.equals(next.getScheme(), address.getScheme())
                || !Objects.equals(next.getRawAuthority(), address.getRawAuthority())) {
            throw refused("next page at " + next.getScheme() + "://" + next.getRawAuthority() + ", another origin");
        }
        return next;
    }

    /** The JDK resolves a query alone as RFC 2396 did: it would lose the last part of the path. */
    private static String withoutQuery(URI address) {
        String text = address.toString();
        int query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query);
    }

    private static String link(HttpAnswer answer) {
        Matcher next = NEXT.matcher(Objects.requireNonNullElse(answer.header("link"), ""));
        return next.find() ? next.group(1) : "";
    }

    private static JsonNode at(String setting, JsonNode whole, String pointer) {
        try {
            return whole.at(pointer.strip());
        } catch (IllegalArgumentException e) {
            throw new ChannelException(
                    Fault.UNAUTHORISED,
                    setting + ": " + pointer + " (expected: a JSON pointer such as /products)",
                    null,
                    e);
        }
    }

    private ChannelException refused(String what) {
        return new ChannelException(Fault.REJECTED, operation + ": " + what);
    }
}
