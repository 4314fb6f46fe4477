/** A brand's own product system, over JSON or CSV: a channel that is set up by addresses and field maps alone. */
@NullMarked
package dev.weir.pim;

import org.jspecify.annotations.NullMarked;
