package dev.weir.bench.torture;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxDelivery;
import java.util.List;

/**
 * What does a platform push, and what stands there when it does?
 *
 * @param channel whose it is
 * @param about what the platform calls it, with the order
 * @param delivery signed; its repeats are the same bytes
 * @param shown what the stand-in shows from then on: what a connector that reads again will find
 */
record Webhook(String channel, String about, SandboxDelivery delivery, List<Shown> shown) {
    /** A document of the channel's stand-in; of one {@code id} the highest {@code version} stands. */
    record Shown(String channel, String collection, String id, int version, ObjectNode document) {
        /** Nothing stood there before. */
        boolean isFirst() {
            return version == 0;
        }
    }
}
