/** The insides of orders: intake, booking and the journal over PostgreSQL. */
@NullMarked
package dev.weir.orders.internal;

import org.jspecify.annotations.NullMarked;
