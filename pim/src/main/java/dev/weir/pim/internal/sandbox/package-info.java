/** The stand-in of a product system. */
@NullMarked
package dev.weir.pim.internal.sandbox;

import org.jspecify.annotations.NullMarked;
