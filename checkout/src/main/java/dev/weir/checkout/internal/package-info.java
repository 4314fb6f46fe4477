/** How a checkout is kept and brought to its end. */
@NullMarked
package dev.weir.checkout.internal;

import org.jspecify.annotations.NullMarked;
