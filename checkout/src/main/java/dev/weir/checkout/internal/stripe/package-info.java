/** Stripe's words turned into ours. */
@NullMarked
package dev.weir.checkout.internal.stripe;

import org.jspecify.annotations.NullMarked;
