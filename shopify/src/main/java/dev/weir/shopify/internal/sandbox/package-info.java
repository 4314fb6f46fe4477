/** What stands in for Shopify: its GraphQL rules, its stock, its orders. */
@NullMarked
package dev.weir.shopify.internal.sandbox;

import org.jspecify.annotations.NullMarked;
