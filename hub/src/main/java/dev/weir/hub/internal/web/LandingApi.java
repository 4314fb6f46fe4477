package dev.weir.hub.internal.web;

import dev.weir.connectors.CheckoutLink;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Connections;
import dev.weir.hub.internal.connections.Channels;
import dev.weir.live.Show;
import dev.weir.live.Shows;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Where does a buyer land who taps "check out" at a platform that sells by link? In the show, with the goods at hand. */
@RestController
class LandingApi {
    private final Connections connections;
    private final Channels channels;
    private final Shows shows;
    private final Clock clock;

    LandingApi(Connections connections, Channels channels, Shows shows, Clock clock) {
        this.connections = connections;
        this.channels = channels;
        this.shows = shows;
        this.clock = clock;
    }

    @GetMapping("/buy/{connectionId}")
    ResponseEntity<Object> land(@PathVariable String connectionId, @RequestParam Map<String, String> query) {
        Connection connection = connections
                .find(Inputs.uuid("connectionId", connectionId))
                .orElseThrow(() -> new NotFound("connectionId", connectionId));
        CheckoutLink.Landing landing = channels.find(connection.channel())
                .orElseThrow(() -> new NotFound("connectionId", connectionId))
                .checkoutLink(connection)
                .parse(query);
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(target(connection, landing))
                .build();
    }

    private URI target(Connection connection, CheckoutLink.Landing landing) {
        Optional<Show> show = shows.liveAt(connection.brand(), clock.instant())
                .or(() -> shows.list(connection.brand(), 1).stream().findFirst());
        if (show.isEmpty()) {
            return URI.create("/");
        }
        String goods = landing.items().stream()
                .map(item -> item.sku() + ":" + item.quantity())
                .collect(Collectors.joining(","));
        UriComponentsBuilder target = UriComponentsBuilder.fromPath("/shows/{slug}")
                .queryParam("buy", "{buy}")
                .queryParam("channel", connection.channel());
        landing.campaign().forEach((name, value) -> target.queryParam(name, "{" + name + "}"));
        Map<String, Object> values = new java.util.HashMap<>(landing.campaign());
        values.put("slug", show.get().slug());
        values.put("buy", goods);
        return target.build(values);
    }
}
