package dev.weir.hub.internal.web;

import dev.weir.connectors.Sku;
import dev.weir.hub.internal.connections.ConnectionStore;
import dev.weir.reservation.Allocations;
import dev.weir.reservation.Allotment;
import dev.weir.reservation.ChannelLevels;
import dev.weir.reservation.ChannelPolicy;
import dev.weir.reservation.ChannelSales;
import dev.weir.reservation.StockLedger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Everything that each channel may do with a SKU, and does, in one answer. */
@RestController
class StockChannelApi {
    private final StockLedger stock;
    private final Allocations allocations;
    private final ChannelLevels levels;
    private final AllotmentViews views;
    private final ConnectionStore connections;

    StockChannelApi(
            StockLedger stock,
            Allocations allocations,
            ChannelLevels levels,
            AllotmentViews views,
            ConnectionStore connections) {
        this.stock = stock;
        this.allocations = allocations;
        this.levels = levels;
        this.views = views;
        this.connections = connections;
    }

    /** Channels that are connected, have a rule, or have units; {@code player} is what paid holds sold. */
    @GetMapping("/api/stock/{sku}/channels")
    Map<String, Object> channels(@PathVariable String sku) {
        String brand = Callers.current().brand();
        Sku code = new Sku(sku);
        if (stock.level(brand, code).isEmpty()) {
            throw new NotFound("sku", sku);
        }
        List<Allocations.PolicyOf> policies = allocations.policies(brand, code);
        List<Allotment> allotments = allocations.of(brand, code);
        List<ChannelSales> sales = allocations.sales(brand, code);
        TreeSet<String> names = new TreeSet<>();
        connections
                .ofBrand(brand)
                .forEach(stored -> names.add(stored.connection().channel()));
        policies.forEach(policy -> names.add(policy.channel()));
        allotments.forEach(allotment -> names.add(allotment.channel()));
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("sku", code);
        view.put(
                "items",
                names.stream()
                        .map(name -> channel(brand, code, name, policies, allotments, sales))
                        .toList());
        view.put("player", sold(holds(sales)));
        return view;
    }

    private Map<String, Object> channel(
            String brand,
            Sku sku,
            String name,
            List<Allocations.PolicyOf> policies,
            List<Allotment> allotments,
            List<ChannelSales> sales) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("channel", name);
        view.put(
                "policy",
                PolicyApi.view(policies.stream()
                        .filter(policy -> policy.channel().equals(name))
                        .findFirst()
                        .orElse(new Allocations.PolicyOf(name, ChannelPolicy.DEFAULT))));
        view.put(
                "allocation",
                allotments.stream()
                        .filter(allotment -> allotment.channel().equals(name))
                        .findFirst()
                        .map(allotment -> views.view(brand, allotment, sales))
                        .orElse(null));
        levels.published(brand, name, List.of(sku)).values().forEach(level -> view.put("published", level.available()));
        view.put("windowSeconds", allocations.inFlight(brand, name).toSeconds());
        view.putAll(sold(AllotmentViews.of(sales, name)));
        return view;
    }

    private static ChannelSales holds(List<ChannelSales> sales) {
        return sales.stream().filter(one -> one.channel() == null).findFirst().orElse(new ChannelSales(null, 0, 0, 0));
    }

    private static Map<String, Object> sold(ChannelSales sales) {
        return Map.of("sold", sales.sold(), "perMinute", sales.perMinute());
    }
}
