/** Shops and stream targets as the operator entered them, secrets sealed. */
@NullMarked
package dev.weir.hub.internal.connections;

import org.jspecify.annotations.NullMarked;
