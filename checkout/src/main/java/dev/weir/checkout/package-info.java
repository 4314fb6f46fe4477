/** From tap to paid: payment gateways behind one port, and the checkout that ends in exactly one order or none. */
@NullMarked
package dev.weir.checkout;

import org.jspecify.annotations.NullMarked;
