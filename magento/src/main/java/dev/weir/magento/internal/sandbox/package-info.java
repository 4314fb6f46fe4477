/** What stands in for a Magento shop. */
@NullMarked
package dev.weir.magento.internal.sandbox;

import org.jspecify.annotations.NullMarked;
