/** How a product system is asked and told. */
@NullMarked
package dev.weir.pim.internal;

import org.jspecify.annotations.NullMarked;
