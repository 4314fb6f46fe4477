/** Shopify as a channel of the hub. */
@NullMarked
package dev.weir.shopify;

import org.jspecify.annotations.NullMarked;
