/** One class a capability, and the signed client that they share. */
@NullMarked
package dev.weir.tiktokshop.internal;

import org.jspecify.annotations.NullMarked;
