package dev.weir.simulcast.internal.rendition;

import dev.weir.simulcast.PacketFanout;
import dev.weir.simulcast.Rendition;
import dev.weir.simulcast.RenditionLease;

/** The forms that one live's stream is offered in. Thread-safe. */
public final class Renditions implements AutoCloseable {

    private final PacketFanout source;

    /** Forms of {@code source}. */
    public Renditions(PacketFanout source) {
        this.source = source;
    }

    /** The form asked for, made from now on if nobody had asked before. */
    public RenditionLease open(Rendition rendition) {
        return switch (rendition) {
            case Rendition.Source _, Rendition.WebRtc _, Rendition.Aac _, Rendition.Limited _ -> new Through(source);
        };
    }

    @Override
    public void close() {}

    private record Through(PacketFanout fanout) implements RenditionLease {
        @Override
        public void close() {}
    }
}
