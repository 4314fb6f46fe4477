package dev.weir.instagram.internal.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxRequest;
import dev.weir.connectors.sandbox.SandboxStore;

/** What does a call to the Graph API do, and whose token does it need? Under the store's lock. */
record Operations(
        Catalogue catalogue,
        Batches batches,
        Shelf shelf,
        Sets sets,
        PixelEvents events,
        AppSubscriptions subscriptions,
        LiveComments comments,
        Login login,
        CallBudget budget) {
    ObjectNode carryOut(String operation, SandboxRequest request, Tokens.Token.Kind kind) {
        return switch (operation) {
            case "subscriptions", "subscribe", "debugToken" -> ofApp(operation, request, kind);
            case "subscribedApps", "subscribeApp", "privateReply" -> ofPage(operation, request, kind);
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
        return switch (operation) {
            case "subscribedApps" -> subscriptions.apps();
            case "subscribeApp" -> subscriptions.subscribeApp(Json.read(request.text()));
            default -> comments.answer(Json.read(request.text()));
        };
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
}
