/** Who calls, in which role, for which brand. */
@NullMarked
package dev.weir.hub.internal.security;

import org.jspecify.annotations.NullMarked;
