/** One class a capability, and the client that they share. */
@NullMarked
package dev.weir.shopify.internal;

import org.jspecify.annotations.NullMarked;
