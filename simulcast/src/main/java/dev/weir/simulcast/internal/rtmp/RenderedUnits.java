package dev.weir.simulcast.internal.rtmp;

import dev.weir.simulcast.MediaUnit;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.IdentityHashMap;

/**
 * The frames that the connections of one event loop have just sent, rendered once. A frame is kept for two turns: all
 * that keep up take it in the same one or the next, and one that lags renders its own. Not thread-safe.
 */
final class RenderedUnits {

    private IdentityHashMap<MediaUnit, ByteBuf> now = new IdentityHashMap<>();
    private IdentityHashMap<MediaUnit, ByteBuf> before = new IdentityHashMap<>();

    /** The frame's bytes, the caller's to release. */
    ByteBuf take(ByteBufAllocator alloc, MediaUnit unit) {
        ByteBuf found = now.get(unit);
        if (found == null) {
            found = before.remove(unit);
            if (found == null) {
                found = UnitRenderer.body(alloc, unit);
            }
            now.put(unit, found);
        }
        return found.retainedDuplicate();
    }

    /** A turn is over. */
    void turn() {
        before.values().forEach(ByteBuf::release);
        before.clear();
        IdentityHashMap<MediaUnit, ByteBuf> empty = before;
        before = now;
        now = empty;
    }
}
