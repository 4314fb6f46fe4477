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
    private static final Set<String> WRITES = Set.of(
            "itemsBatch",
            "productSetCreate",
            "productSetUpdate",
            "events",
            "subscribe",
            "subscribeApp",
            "privateReply");

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
    private final Operations operations;
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
        operations = new Operations(catalogue, batches, shelf, sets, events, subscriptions, comments, login, budget);
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
                "batchCallsPerMinute", Integer.toString(CallBudget.CALLS_PER_MINUTE),
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
                case "accessToken" -> answer(operation, 200, store.locked(() -> login.exchange(request.form())));
                default -> called(operation, request);
            };
        } catch (GraphError e) {
            return answer(operation, e.status(), e.body());
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
            return operations.carryOut(operation, request, token.kind());
        });
        if (WRITES.contains(operation) && habits.has(Habit.LOSES_ANSWERS)) {
            answerLost = !answerLost;
            if (answerLost) {
                throw GraphError.internal();
            }
        }
        return answer(operation, 200, body);
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

    /** The private replies: {@code comment_id}, {@code username}, {@code text}. */
    @Override
    public List<String> messages() {
        return comments.replies().stream().map(ObjectNode::toString).toList();
    }

    @Override
    public int tooMany() {
        return budget.tooMany();
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

    /** How many batches were taken and not carried out yet. */
    int waitingBatches() {
        return store.locked(batches::waiting);
    }

    /** The events that the dataset kept. */
    List<ObjectNode> purchases() {
        return events.all();
    }

    /** The product sets, oldest first. */
    List<ObjectNode> productSets() {
        return sets.all();
    }

    /** Somebody changes a product set in Commerce Manager. */
    void rewrite(ObjectNode set) {
        sets.update("/" + set.path("id").asText(), set);
    }

    /** How many items a product set with this filter holds. */
    int selectedBy(String filter) {
        return store.locked(() -> shelf.count(filter));
    }

    private SandboxAnswer answer(String operation, int status, ObjectNode body) {
        return new SandboxAnswer(
                status,
                Map.of(
                        "Content-Type", "application/json",
                        "X-App-Usage", budget.app(),
                        "X-Business-Use-Case-Usage", budget.usage(operation.equals("itemsBatch"))),
                body.toString().getBytes(StandardCharsets.UTF_8));
    }
}
