package dev.weir.simulcast.internal.rtp;

import dev.weir.simulcast.Track;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts picture and sound of one publisher, whose RTP times have nothing to do with each other, on one time. The
 * publisher's sender reports say what belongs together; until they have come, arrival does. Times are in milliseconds
 * of a clock that does not go back. Not thread-safe.
 *
 * <p>Browsers send the first report for sound some seconds late. What arrival got wrong until then is made good by
 * moving the sound a little with each report, so that no listener hears it.
 */
public final class PublisherClock {

    private static final long PATIENCE_MILLIS = 1000;
    private static final double STEP_MILLIS = 10;
    /** Reports that put picture and sound further apart are not believed. */
    private static final double MAX_SKEW_MILLIS = 2000;
    /** Further from arrival than that, the publisher's clock has jumped. */
    private static final double MAX_JUMP_MILLIS = 5000;

    private static final class Source {
        private final RtpClock clock;
        private double earliest = Double.POSITIVE_INFINITY;
        private double wall = Double.NaN;
        private double offset;
        private boolean joined;
        private @Nullable SenderReport early;

        private Source(int rate) {
            clock = new RtpClock(rate);
        }
    }

    private final Map<Track, Source> sources = new EnumMap<>(Track.class);
    private long firstArrival = Long.MIN_VALUE;
    private boolean running;

    /** A clock for tracks with these clock rates. */
    public PublisherClock(Map<Track, Integer> rates) {
        rates.forEach((track, rate) -> sources.put(track, new Source(rate)));
    }

    /** A frame of that time is here. */
    public void arrived(Track track, int timestamp, long now) {
        Source source = source(track);
        source.earliest = Math.min(source.earliest, now - source.clock.advance(timestamp));
        if (firstArrival == Long.MIN_VALUE) {
            firstArrival = now;
        }
        if (source.early != null) {
            reported(track, source.early);
            source.early = null;
        }
        if (running && !source.joined) {
            join(source);
        }
    }

    /** The publisher says which wall time belongs to which RTP time of this track. */
    public void reported(Track track, SenderReport report) {
        Source source = source(track);
        if (source.clock.isStarted()) {
            source.wall = report.wallMillis() - source.clock.at(report.timestamp());
            correct();
        } else {
            source.early = report;
        }
    }

    /** True when nothing is gained by waiting: all tracks were reported on, or a second has passed. */
    public boolean isReady(long now) {
        if (!running && firstArrival != Long.MIN_VALUE) {
            boolean all = sources.values().stream().noneMatch(source -> Double.isNaN(source.wall));
            return all || now - firstArrival >= PATIENCE_MILLIS;
        }
        return running;
    }

    /** Begins with what is known; without effect after the first time. */
    public void begin() {
        if (!running) {
            running = true;
            sources.values().stream().filter(source -> source.clock.isStarted()).forEach(this::join);
        }
    }

    /** Picture is placed by arrival; sound by the reports where both are known, else by arrival as well. */
    private void join(Source source) {
        source.joined = true;
        source.offset = source.earliest;
        double apart = apart();
        if (source.equals(sources.get(Track.AUDIO)) && Math.abs(apart) <= MAX_SKEW_MILLIS) {
            source.offset += apart;
        }
    }

    private void correct() {
        Source sound = sources.get(Track.AUDIO);
        double apart = apart();
        if (running && sound != null && Math.abs(apart) <= MAX_SKEW_MILLIS) {
            sound.offset += Math.clamp(apart, -STEP_MILLIS, STEP_MILLIS);
        }
    }

    /** By how much the sound must be moved to fit the picture; not a number while that is unknown. */
    private double apart() {
        Source picture = sources.get(Track.VIDEO);
        Source sound = sources.get(Track.AUDIO);
        return picture == null || sound == null || !picture.joined || !sound.joined
                ? Double.NaN
                : picture.offset + sound.wall - picture.wall - sound.offset;
    }

    /** The time of a frame on the clock of arrival; never more than some seconds from it. */
    public long millis(Track track, int timestamp, long now) {
        Source source = source(track);
        double time = source.clock.at(timestamp) + source.offset;
        if (Math.abs(now - time) > MAX_JUMP_MILLIS) {
            source.offset += now - time;
            source.wall = Double.NaN;
            time = now;
        }
        return Math.round(time);
    }

    private Source source(Track track) {
        Source source = sources.get(track);
        if (source == null) {
            throw new IllegalArgumentException("track: %s (expected: one of %s)".formatted(track, sources.keySet()));
        }
        return source;
    }
}
