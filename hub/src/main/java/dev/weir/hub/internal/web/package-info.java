/** The HTTP contract. */
@NullMarked
package dev.weir.hub.internal.web;

import org.jspecify.annotations.NullMarked;
