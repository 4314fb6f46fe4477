/** Who did what when. */
@NullMarked
package dev.weir.hub.internal.audit;

import org.jspecify.annotations.NullMarked;
