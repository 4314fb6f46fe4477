/** The stand-in of BigCommerce. */
@NullMarked
package dev.weir.bigcommerce.internal.sandbox;

import org.jspecify.annotations.NullMarked;
