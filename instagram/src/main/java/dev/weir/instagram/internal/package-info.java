/** How Meta's Graph API is asked, one class a capability. */
@NullMarked
package dev.weir.instagram.internal;

import org.jspecify.annotations.NullMarked;
