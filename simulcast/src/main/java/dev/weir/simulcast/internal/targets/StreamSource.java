package dev.weir.simulcast.internal.targets;

import dev.weir.simulcast.PacketFanout;
import dev.weir.simulcast.Rendition;
import dev.weir.simulcast.RenditionLease;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The form of the stream that one target needs, held while there is a stream. Used by the target's own thread. */
final class StreamSource {

    private final Function<Rendition, RenditionLease> renditions;
    private final BooleanSupplier onAir;
    private @Nullable RenditionLease lease;

    StreamSource(Function<Rendition, RenditionLease> renditions, BooleanSupplier onAir) {
        this.renditions = renditions;
        this.onAir = onAir;
    }

    boolean onAir() {
        return onAir.getAsBoolean();
    }

    /** The frames, once it is known how to decode them; null before that. */
    @Nullable
    PacketFanout ready(Rendition form) {
        RenditionLease held = lease;
        if (held == null) {
            held = renditions.apply(form);
            lease = held;
        }
        return held.fanout().headers().video() == null ? null : held.fanout();
    }

    /** Not needed now, or another form is. */
    void release() {
        RenditionLease held = lease;
        lease = null;
        if (held != null) {
            held.close();
        }
    }
}
