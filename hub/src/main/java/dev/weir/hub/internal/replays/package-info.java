/** Many deliveries that are handled again. */
@NullMarked
package dev.weir.hub.internal.replays;

import org.jspecify.annotations.NullMarked;
