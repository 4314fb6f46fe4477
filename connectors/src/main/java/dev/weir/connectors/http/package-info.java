/** The one HTTP path every channel calls through: budget, retry, breaker, redaction. */
@NullMarked
package dev.weir.connectors.http;

import org.jspecify.annotations.NullMarked;
