/** Webhooks in, stock out, orders on to the backend: the only folder that knows Camel and Kafka. */
@NullMarked
package dev.weir.routes;

import org.jspecify.annotations.NullMarked;
