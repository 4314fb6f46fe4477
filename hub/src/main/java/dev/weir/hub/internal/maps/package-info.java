/** Brands' own field maps and tables, and the maps that ship. */
@NullMarked
package dev.weir.hub.internal.maps;

import org.jspecify.annotations.NullMarked;
