/** How fast is it, on which machine, beside what? Loads the built hub as its users would. */
@NullMarked
package dev.weir.bench;

import org.jspecify.annotations.NullMarked;
