package dev.weir.pim.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.CatalogueChanges;
import dev.weir.connectors.CatalogueRead;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.http.HttpAnswer;
import dev.weir.connectors.http.Lane;
import dev.weir.connectors.mapping.Canonical;
import dev.weir.connectors.mapping.Mappings;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What does the product system list? The cursor of a page is its address; a product that does not fit hides no other. */
public final class PimCatalogue implements CatalogueRead, CatalogueChanges {
    private static final Logger LOG = LoggerFactory.getLogger(PimCatalogue.class);

    private final Connection connection;
    private final Mappings mappings;
    private final Clock clock;
    private final URI address;
    private final Pages pages;

    /** The catalogue of one connection. */
    public PimCatalogue(PimClient client, Connection connection, Mappings mappings, Clock clock) {
        this.connection = connection;
        this.mappings = mappings;
        this.clock = clock;
        this.address = client.address("catalogueUrl");
        this.pages = new Pages(client, connection, "catalogue", Lane.CATALOGUE);
    }

    /** How many products the first page has; refuses when none of them can be understood. */
    public int firstPage() {
        List<JsonNode> items = pages.page(address, Map.of()).items();
        if (!items.isEmpty() && listings(items).isEmpty()) {
            Canonical.listing(map(items.getFirst()));
        }
        return items.size();
    }

    @Override
    public void readAll(Consumer<Listing> each) {
        read(null, (listings, next) -> listings.forEach(each));
    }

    @Override
    public void read(@Nullable String cursor, Sink sink) {
        pages.walk(cursor == null ? address : begun(cursor), page -> {
            URI next = page.next();
            sink.page(listings(page.items()), next == null ? null : next.toString());
        });
    }

    private URI begun(String cursor) {
        URI page = URI.create(cursor);
        if (!java.util.Objects.equals(page.getRawAuthority(), address.getRawAuthority())) {
            throw new ChannelException(Fault.REJECTED, "cursor: " + cursor + " (expected: a page of " + address + ")");
        }
        return page;
    }

    /** A second earlier than the system's clock says: HTTP's times have no fractions. */
    @Override
    public Instant readSince(Instant since, Consumer<Listing> each) {
        String parameter = connection.setting("sinceParameter", "");
        Pages.Page first = parameter.isBlank()
                ? pages.page(address, Map.of("If-Modified-Since", httpDate(since)))
                : pages.page(PimClient.with(address, parameter, since.toString()), Map.of());
        listings(first.items()).forEach(each);
        URI next = first.next();
        if (next != null) {
            pages.walk(next, page -> listings(page.items()).forEach(each));
        }
        return asOf(first.answer()).minusSeconds(1);
    }

    private Instant asOf(HttpAnswer answer) {
        String date = answer.header("date");
        try {
            return date == null
                    ? clock.instant()
                    : ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
        } catch (DateTimeException e) {
            return clock.instant();
        }
    }

    private static String httpDate(Instant at) {
        return DateTimeFormatter.RFC_1123_DATE_TIME
                .format(at.atZone(ZoneOffset.UTC))
                .replace("Z", "GMT");
    }

    private List<Listing> listings(List<JsonNode> items) {
        List<Listing> listings = new ArrayList<>(items.size());
        for (JsonNode item : items) {
            try {
                listings.add(Canonical.listing(map(item)));
            } catch (ChannelException e) {
                LOG.warn("A product of connection {} is left out: {}", connection.id(), e.getMessage());
            }
        }
        return listings;
    }

    private JsonNode map(JsonNode item) {
        return mappings.apply(connection, connection.setting("listingMap", "listing"), item);
    }
}
