/** What is measured, and whether the hub is well. */
@NullMarked
package dev.weir.hub.internal.watch;

import org.jspecify.annotations.NullMarked;
