package dev.weir.simulcast.internal.whip;

import dev.weir.simulcast.HostControl;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.StreamSink;
import dev.weir.simulcast.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what one publisher sent. */
final class CollectingSink implements StreamSink {

    final List<StreamHeaders> headers = new CopyOnWriteArrayList<>();
    private final List<MediaUnit> units = new ArrayList<>();
    volatile HostControl control = HostControl.NONE;
    volatile String closed = "";

    @Override
    public void control(HostControl given) {
        control = given;
    }

    @Override
    public void headers(StreamHeaders changed) {
        headers.add(changed);
    }

    @Override
    public void unit(MediaUnit unit) {
        synchronized (units) {
            units.add(unit);
        }
    }

    @Override
    public void closed(String reason) {
        closed = reason;
    }

    List<MediaUnit> all() {
        synchronized (units) {
            return List.copyOf(units);
        }
    }

    List<MediaUnit> of(Track track) {
        return all().stream().filter(unit -> unit.track() == track).toList();
    }

    /** Media time between the first and the last picture. */
    long millis() {
        List<MediaUnit> pictures = of(Track.VIDEO);
        return pictures.isEmpty()
                ? 0
                : pictures.getLast().dtsMillis() - pictures.getFirst().dtsMillis();
    }

    /** Longest media time from one key frame to the next. */
    long longestGop() {
        long longest = 0;
        long last = -1;
        for (MediaUnit unit : of(Track.VIDEO)) {
            if (unit.key()) {
                longest = last < 0 ? longest : Math.max(longest, unit.dtsMillis() - last);
                last = unit.dtsMillis();
            }
        }
        return longest;
    }
}
