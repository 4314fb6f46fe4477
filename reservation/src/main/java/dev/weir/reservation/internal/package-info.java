/** How holds and stock work inside: the ledger in PostgreSQL, and the gate in Redis before it. */
@NullMarked
package dev.weir.reservation.internal;

import org.jspecify.annotations.NullMarked;
