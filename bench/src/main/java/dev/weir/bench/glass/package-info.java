/** How old is a picture when a browser shows it? */
@NullMarked
package dev.weir.bench.glass;

import org.jspecify.annotations.NullMarked;
