/** How fast does the intake take deliveries, and how fast could PostgreSQL? */
@NullMarked
package dev.weir.bench.intake;

import org.jspecify.annotations.NullMarked;
