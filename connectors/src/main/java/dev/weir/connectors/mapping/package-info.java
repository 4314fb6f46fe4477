/** Field maps between a channel's JSON and the canonical records; data that ops may edit. */
@NullMarked
package dev.weir.connectors.mapping;

import org.jspecify.annotations.NullMarked;
