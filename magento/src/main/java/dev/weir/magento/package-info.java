/** Magento Open Source and Adobe Commerce as a channel of the hub. */
@NullMarked
package dev.weir.magento;

import org.jspecify.annotations.NullMarked;
