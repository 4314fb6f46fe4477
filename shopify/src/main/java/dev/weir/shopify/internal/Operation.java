package dev.weir.shopify.internal;

import dev.weir.connectors.http.Lane;

/**
 * Which GraphQL document is sent, whose turn is it, and what will it cost?
 *
 * @param name the operation's name in the document, and in records and metrics
 * @param cost points of the calculated query cost, requested before it runs; the shop's own figure corrects the budget after
 */
record Operation(String name, Lane lane, double cost, String document) {
    /** The same document, which costs {@code points} with these variables. */
    Operation costing(double points) {
        return new Operation(name, lane, points, document);
    }

    /** The same document in another lane. */
    Operation in(Lane other) {
        return new Operation(name, other, cost, document);
    }
}
