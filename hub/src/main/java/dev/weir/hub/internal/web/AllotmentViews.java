package dev.weir.hub.internal.web;

import dev.weir.connectors.Sku;
import dev.weir.reservation.Allocations;
import dev.weir.reservation.Allotment;
import dev.weir.reservation.ChannelLevels;
import dev.weir.reservation.ChannelSales;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** How is an allocation shown: what the channel has, is told, and sells of it? */
@Component
class AllotmentViews {
    private final Allocations allocations;
    private final ChannelLevels levels;

    AllotmentViews(Allocations allocations, ChannelLevels levels) {
        this.allocations = allocations;
        this.levels = levels;
    }

    List<Map<String, Object>> of(String brand, Sku sku) {
        List<ChannelSales> sales = allocations.sales(brand, sku);
        return allocations.of(brand, sku).stream()
                .map(allotment -> view(brand, allotment, sales))
                .toList();
    }

    Map<String, Object> of(String brand, Allotment allotment) {
        return view(brand, allotment, allocations.sales(brand, allotment.sku()));
    }

    Map<String, Object> view(String brand, Allotment allotment, List<ChannelSales> sales) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("channel", allotment.channel());
        view.put("state", allotment.state());
        view.put("units", allotment.units());
        view.put("promised", allotment.promised());
        levels.published(brand, allotment.channel(), List.of(allotment.sku()))
                .values()
                .forEach(level -> view.put("published", level.available()));
        view.put("askedAt", allotment.askedAt());
        view.put("freeAt", allotment.freeAt());
        view.put("ceilingNow", allotment.ceilingNow());
        view.put("onAir", allotment.onAir());
        ChannelSales sold = of(sales, allotment.channel());
        view.put("soldOfIt", sold.ofItsOwn());
        view.put("perMinute", sold.perMinute());
        return view;
    }

    static ChannelSales of(List<ChannelSales> sales, String channel) {
        return sales.stream()
                .filter(one -> channel.equals(one.channel()))
                .findFirst()
                .orElse(new ChannelSales(channel, 0, 0, 0));
    }
}
