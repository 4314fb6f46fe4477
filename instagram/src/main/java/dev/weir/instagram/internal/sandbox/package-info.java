/** What stands in for Meta's catalogue. */
@NullMarked
package dev.weir.instagram.internal.sandbox;

import org.jspecify.annotations.NullMarked;
