/** BigCommerce as a channel. */
@NullMarked
package dev.weir.bigcommerce;

import org.jspecify.annotations.NullMarked;
