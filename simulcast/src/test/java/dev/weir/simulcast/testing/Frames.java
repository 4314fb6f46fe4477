package dev.weir.simulcast.testing;

import dev.weir.simulcast.HostControl;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.StreamSink;
import dev.weir.simulcast.Track;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Keeps what one publisher sent. */
public final class Frames implements StreamSink {

    private final List<MediaUnit> units = new CopyOnWriteArrayList<>();
    private volatile StreamHeaders headers = StreamHeaders.NONE;
    private volatile @Nullable String end;
    private volatile boolean stopped;
    private volatile HostControl control = HostControl.NONE;

    @Override
    public void control(HostControl given) {
        control = given;
    }

    @Override
    public void headers(StreamHeaders now) {
        headers = now;
    }

    @Override
    public void unit(MediaUnit unit) {
        units.add(unit);
    }

    @Override
    public void closed(String reason) {
        end = reason;
    }

    @Override
    public void stopped(String reason) {
        stopped = true;
        end = reason;
    }

    /** True when the publisher itself said that it stops. */
    public boolean stopped() {
        return stopped;
    }

    /** All frames so far. */
    public List<MediaUnit> units() {
        return units;
    }

    /** How many frames of one track so far. */
    public long count(Track track) {
        return units.stream().filter(unit -> unit.track() == track).count();
    }

    /** The headers now. */
    public StreamHeaders headers() {
        return headers;
    }

    /** Why the publisher is gone; null while it is here. */
    public @Nullable String end() {
        return end;
    }

    /** What can be asked of the publisher. */
    public HostControl control() {
        return control;
    }
}
