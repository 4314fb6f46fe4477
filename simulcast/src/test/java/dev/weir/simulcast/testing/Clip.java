package dev.weir.simulcast.testing;

import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.PacketFanout;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.StreamSink;
import dev.weir.simulcast.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What does a host send? The frames of a short stream in the order of their arrival. */
public record Clip(List<MediaUnit> units) {

    /** The frames of one track. */
    public List<MediaUnit> of(Track track) {
        return units.stream().filter(unit -> unit.track() == track).toList();
    }

    /** The headers in force at the end. */
    public StreamHeaders headers() {
        return units.getLast().headers();
    }

    /** The frames that match, in order. */
    public Clip only(Predicate<MediaUnit> wanted) {
        return new Clip(units.stream().filter(wanted).toList());
    }

    /** From the first key frame on. */
    public Clip fromKey() {
        int first = 0;
        while (!units.get(first).startsGop()) {
            first++;
        }
        return new Clip(units.subList(first, units.size()));
    }

    /** All times later by so much. */
    public Clip shifted(long millis) {
        return new Clip(units.stream()
                .map(unit -> unit.at(unit.dtsMillis() + millis, unit.ptsMillis() + millis, unit.headers()))
                .toList());
    }

    /** This clip, and then the other one, shifted to follow it by {@code gapMillis} and with headers of a new version. */
    public Clip then(Clip next, long gapMillis) {
        int step = headers().version() - next.units.getFirst().headers().version() + 1;
        long end = units.stream().mapToLong(MediaUnit::dtsMillis).max().orElse(0);
        long shift = end + gapMillis - next.units.getFirst().dtsMillis();
        List<MediaUnit> joined = new ArrayList<>(units);
        for (MediaUnit unit : next.units) {
            StreamHeaders headers = unit.headers();
            joined.add(unit.at(
                    unit.dtsMillis() + shift,
                    unit.ptsMillis() + shift,
                    headers.withVersion(headers.version() + Math.max(0, step))));
        }
        return new Clip(List.copyOf(joined));
    }

    /** Sends all of it to a live at once. */
    public void feed(StreamSink sink) {
        StreamHeaders told = StreamHeaders.NONE;
        for (MediaUnit unit : units) {
            if (!unit.headers().equals(told)) {
                told = unit.headers();
                sink.headers(told);
            }
            sink.unit(unit);
        }
    }

    /** Publishes all of it at once. */
    public void feed(PacketFanout fanout) {
        units.forEach(fanout::publish);
    }
}
