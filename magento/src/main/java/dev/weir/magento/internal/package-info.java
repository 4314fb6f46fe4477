/** How Magento's REST API is asked, one class a capability. */
@NullMarked
package dev.weir.magento.internal;

import org.jspecify.annotations.NullMarked;
