/** How the parts are put together. */
@NullMarked
package dev.weir.hub.internal;

import org.jspecify.annotations.NullMarked;
