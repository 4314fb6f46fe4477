package dev.weir.instagram.internal.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.Sku;
import dev.weir.connectors.sandbox.SandboxAnswer;
import dev.weir.connectors.sandbox.SandboxDelivery;
import dev.weir.connectors.sandbox.SandboxPlatform;
import dev.weir.connectors.sandbox.SandboxProduct;
import dev.weir.connectors.sandbox.SandboxRequest;
import dev.weir.connectors.sandbox.SandboxStore;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What stands in for Meta? A catalogue whose batches are worked on behind a handle, product sets, a dataset that takes events,
 * Facebook Login, subscriptions, and comments under a live. It sells nothing: buyers go to the brand's checkout. Every call
 * names a living version, has a token and proves the app's secret; the order edges are gone on all versions.
 */
final class InstagramSandbox implements SandboxPlatform {
    private static final Set<String> WRITES =
            Set.of("itemsBatch", "productSetCreate", "productSetUpdate", "events", "subscribe", "subscribeApp");

    private final SandboxStore store;
    private final Habits habits = new Habits();
    private final Admission admission;
    private final Catalogue catalogue;
    private final Batches batches;
    private final Shelf shelf;
    private final Sets sets;
    private final PixelEvents events;
    private final AppSubscriptions subscriptions;
    private final Login login;
    private final LiveComments comments;
    private final CallBudget budget;
    private boolean answerLost;

    InstagramSandbox(SandboxStore store, Clock clock) {
        this.store = store;
        Tokens tokens = new Tokens(store, clock);
        admission = new Admission(tokens, habits, clock);
        catalogue = new Catalogue(store);
        batches = new Batches(store, catalogue, habits, clock);
        shelf = new Shelf(catalogue);
        sets = new Sets(store, shelf);
        events = new PixelEvents(store, clock);
        subscriptions = new AppSubscriptions(store);
        login = new Login(store, tokens, habits, clock);
        comments = new LiveComments(store, habits, clock);
        budget = new CallBudget(habits, clock);
    }

    @Override
    public String channel() {
        return "instagram";
    }

    @Override
    public Map<String, String> settings(URI baseUrl) {
        return Map.of(
                "baseUrl", baseUrl.toString(),
                "loginUrl", baseUrl.toString(),
                "accessToken", Meta.TOKEN,
                "appSecret", Meta.SECRET,
                "appId", Meta.APP,
                "catalogId", Meta.CATALOGUE,
                "pageId", Meta.PAGE,
                "datasetId", Meta.DATASET,
                "shopUrl", "https://shop.example/products");
    }

    @Override
    public void seed(List<SandboxProduct> products) {
        store.locked(() -> {
            products.forEach(catalogue::seed);
            return products;
        });
    }

    @Override
    public SandboxAnswer answer(String operation, SandboxRequest request) {
        try {
            budget.call();
            admission.version(request);
            return switch (operation) {
                case "dialog" -> login.page(request.path(), request.query());
                case "decide" -> store.locked(() -> login.decide(request.form()));
                case "accessToken" -> answer(200, store.locked(() -> login.exchange(request.form())));
                default -> called(operation, request);
            };
        } catch (GraphError e) {
            return answer(e.status(), e.body());
        }
    }

    private SandboxAnswer called(String operation, SandboxRequest request) {
        if (operation.equals("orderEdge")) {
            throw GraphError.of(12, "(#12) commerce order management is retired");
        }
        Tokens.Token token = admission.token(request);
        if (operation.equals("subscribe")) {
            AppSubscriptions.shakeHands(Json.read(request.text()));
        }
        ObjectNode body = store.locked(() -> {
            batches.work();
            return carryOut(operation, request, token.kind());
        });
        if (WRITES.contains(operation) && habits.has(Habit.LOSES_ANSWERS)) {
            answerLost = !answerLost;
            if (answerLost) {
                throw GraphError.internal();
            }
        }
        return answer(200, body);
    }

    private ObjectNode carryOut(String operation, SandboxRequest request, Tokens.Token.Kind kind) {
        return switch (operation) {
            case "subscriptions", "subscribe", "debugToken" -> ofApp(operation, request, kind);
            case "subscribedApps", "subscribeApp" -> ofPage(operation, request, kind);
            default -> ofPerson(operation, request, kind);
        };
    }

    private ObjectNode ofApp(String operation, SandboxRequest request, Tokens.Token.Kind kind) {
        if (kind != Tokens.Token.Kind.APP) {
            throw GraphError.of(15, "(#15) This method must be called with an app access_token.");
        }
        return switch (operation) {
            case "subscriptions" -> subscriptions.list();
            case "subscribe" ->
                subscriptions.subscribe(
                        Json.read(request.text()), request.path().split("/", -1)[1]);
            default -> login.inspect(request.query().getOrDefault("input_token", ""));
        };
    }

    private ObjectNode ofPage(String operation, SandboxRequest request, Tokens.Token.Kind kind) {
        if (kind != Tokens.Token.Kind.PAGE) {
            throw GraphError.of(210, "(#210) A page access token is required to request this resource.");
        }
        return operation.equals("subscribedApps")
                ? subscriptions.apps()
                : subscriptions.subscribeApp(Json.read(request.text()));
    }

    private ObjectNode ofPerson(String operation, SandboxRequest request, Tokens.Token.Kind kind) {
        if (kind == Tokens.Token.Kind.APP || kind == Tokens.Token.Kind.PAGE) {
            throw GraphError.of(200, "(#200) A token of a person or system user is required.");
        }
        return switch (operation) {
            case "catalogue" ->
                SandboxStore.document()
                        .put("id", Meta.CATALOGUE)
                        .put("name", "Weir demo")
                        .put("vertical", "commerce")
                        .put("product_count", catalogue.ids().size());
            case "products" -> shelf.products(request.query());
            case "itemsBatch" -> {
                budget.spend();
                yield batches.take(Json.read(request.text()), request.body().length);
            }
            case "itemsBatchStatus" -> batches.status(request.query());
            case "productSets" -> sets.list();
            case "productSetCreate" -> sets.create(Json.read(request.text()));
            case "productSetUpdate" -> sets.update(request.path(), Json.read(request.text()));
            case "events" -> events.take(Json.read(request.text()));
            case "pages" -> login.pages();
            case "page" -> SandboxStore.document().put("id", Meta.PAGE).put("access_token", Meta.PAGE_TOKEN);
            default ->
                throw GraphError.method(
                        33,
                        "Unsupported request. Object does not exist, cannot be loaded due to missing permissions, or does"
                                + " not support this operation");
        };
    }

    @Override
    public Sale buy(Sku sku, int quantity) {
        throw new IllegalArgumentException(
                "instagram: orders are placed on the brand's own checkout since 2025-09-04; open the checkout link with"
                        + " ?products=" + URLEncoder.encode(sku + ":" + quantity, StandardCharsets.UTF_8));
    }

    @Override
    public List<SandboxDelivery> comment(String author, String text) {
        return store.locked(() -> subscriptions.pushes() ? comments.made(author, text) : List.of());
    }

    @Override
    public Map<Sku, Integer> stock() {
        return store.locked(() -> {
            batches.work();
            Map<Sku, Integer> units = new LinkedHashMap<>();
            for (ObjectNode item : catalogue.items()) {
                boolean sells = item.path("availability").asText().equals("in stock");
                units.put(
                        new Sku(item.path("retailer_id").asText()),
                        sells ? item.path("quantity_to_sell_on_facebook").asInt() : 0);
            }
            return units;
        });
    }

    @Override
    public List<String> orders() {
        return List.of();
    }

    @Override
    public List<Quirk> quirks() {
        return habits.all();
    }

    @Override
    public void flip(String quirk, boolean on) {
        Habit habit = Habits.named(quirk);
        habits.set(habit, on);
        if (habit == Habit.FORGETS && on) {
            subscriptions.forget();
        }
    }

    /** The events that the dataset kept. */
    List<ObjectNode> purchases() {
        return events.all();
    }

    /** The product sets, oldest first. */
    List<ObjectNode> productSets() {
        return sets.all();
    }

    private SandboxAnswer answer(int status, ObjectNode body) {
        return new SandboxAnswer(
                status,
                Map.of(
                        "Content-Type", "application/json",
                        "X-App-Usage", budget.app(),
                        "X-Business-Use-Case-Usage", budget.usage()),
                body.toString().getBytes(StandardCharsets.UTF_8));
    }
}
