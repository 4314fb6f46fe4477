/** The insides of the stand-in for Stripe. */
@NullMarked
package dev.weir.checkout.internal.sandbox;

import org.jspecify.annotations.NullMarked;
