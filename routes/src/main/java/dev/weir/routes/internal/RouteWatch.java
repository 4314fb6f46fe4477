package dev.weir.routes.internal;

import dev.weir.connectors.AtWork;
import dev.weir.connectors.Outbox;
import dev.weir.connectors.Traces;
import dev.weir.routes.RouteCatalog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;

/** How many exchanges did each route see, and how did they end? Attached to every route of the context. Thread-safe. */
public final class RouteWatch implements RoutePolicyFactory, RouteCatalog {
    private static final String LEG = "weirLeg";

    private final Wiring wiring;
    private final CamelHost camel;
    private final ConcurrentMap<String, Meter> routes = new ConcurrentHashMap<>();

    RouteWatch(Wiring wiring, CamelHost camel) {
        this.wiring = wiring;
        this.camel = camel;
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode node) {
        return new RoutePolicySupport() {
            @Override
            public void onExchangeBegin(Route route, Exchange exchange) {
                begun(RouteText.plainId(route.getRouteId()), exchange);
            }

            @Override
            public void onExchangeDone(Route route, Exchange exchange) {
                ended(RouteText.plainId(route.getRouteId()), exchange);
            }
        };
    }

    /** A message that says where its trace is; steps run one after another on the thread that took it. */
    private void begun(String routeId, Exchange exchange) {
        if (wiring.traces().isOn()) {
            String trace = exchange.getMessage().getHeader(Traces.HEADER, String.class);
            if (trace != null) {
                exchange.setProperty(LEG, wiring.traces().begin(Traces.Kind.MESSAGE, "route " + routeId, trace));
                if (Outbox.ORDERS.equals(exchange.getMessage().getHeader("kafka.TOPIC"))) {
                    Traces.note(
                            AtWork.On.ORDER.attribute(),
                            exchange.getMessage().getHeader("kafka.KEY", "", String.class));
                }
            }
        }
    }

    private static void leave(Exchange exchange, @Nullable Exception failure) {
        if (exchange.removeProperty(LEG) instanceof Traces.Leg leg) {
            if (failure != null) {
                leg.fail(failure);
            }
            leg.end();
        }
    }

    private void ended(String routeId, Exchange exchange) {
        Exception failure = exchange.getException();
        if (failure == null && exchange.getProperty(Exchange.EXCEPTION_CAUGHT) instanceof Exception caught) {
            failure = caught;
        }
        leave(exchange, failure);
        if (failure == null) {
            meter(routeId).ok(1);
        } else {
            meter(routeId).fail(String.valueOf(failure));
        }
    }

    private Meter meter(String routeId) {
        return routes.computeIfAbsent(routeId, id -> new Meter(id, "", wiring.clock()));
    }

    @Override
    public List<Entry> list() {
        List<Entry> entries = new ArrayList<>();
        camel.context().getRoutes().stream()
                .filter(route -> camel.isInForce(route.getRouteId()))
                .sorted(Comparator.comparing(Route::getRouteId))
                .forEach(route -> entries.add(entry(route)));
        wiring.meters().values().stream()
                .sorted(Comparator.comparing(Meter::id))
                .forEach(meter -> entries.add(meter.entry()));
        return entries;
    }

    private Entry entry(Route route) {
        String id = route.getRouteId();
        return meter(RouteText.plainId(id))
                .entry(
                        camel.description(id),
                        RouteText.version(id),
                        String.valueOf(camel.context().getRouteController().getRouteStatus(id)));
    }
}
