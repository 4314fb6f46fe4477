package dev.weir.hub.internal.live;

import dev.weir.live.Show;
import dev.weir.reservation.Hold;
import dev.weir.routes.HoldLinks;
import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Where does a buyer come into the show who was promised something elsewhere? The hold and its secret stand behind the
 * {@code #}, which no server and no log sees; what was asked for, and where, stands before it: once the hold has lapsed, the
 * player tries to hold the same again.
 */
public record PlayerLinks(BaseUrl baseUrl) implements HoldLinks {
    @Override
    public URI to(Show show, Hold hold, String token) {
        Map<String, String> campaign = hold.attribution().campaign();
        UriComponentsBuilder link = UriComponentsBuilder.fromUri(to(show))
                .queryParam("buy", "{buy}")
                .queryParam("channel", "{channel}");
        campaign.keySet().stream().sorted().forEach(name -> link.queryParam(name, "{" + name + "}"));
        Map<String, Object> values = new java.util.HashMap<>(campaign);
        values.put("channel", hold.attribution().channel());
        values.put(
                "buy",
                hold.lines().stream()
                        .map(line -> line.sku() + ":" + line.quantity())
                        .collect(Collectors.joining(",")));
        return URI.create(link.encode().buildAndExpand(values).toUriString() + "#hold=" + hold.id() + "." + token);
    }

    @Override
    public URI to(Show show) {
        return URI.create(baseUrl.get() + "/shows/" + show.slug());
    }
}
