/** How BigCommerce is asked, and what it pushes. */
@NullMarked
package dev.weir.bigcommerce.internal;

import org.jspecify.annotations.NullMarked;
