/** Holds, stock and attribution: a unit is promised once, and whoever earned the sale is known from the tap on. */
@NullMarked
package dev.weir.reservation;

import org.jspecify.annotations.NullMarked;
