package dev.weir.simulcast.internal.rendition;

import dev.weir.simulcast.FanoutStats;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.PacketFanout;
import dev.weir.simulcast.Rendition;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.Track;
import dev.weir.simulcast.internal.transcode.AudioForm;
import dev.weir.simulcast.internal.transcode.Effort;
import java.util.function.Supplier;

/**
 * Makes one form out of the host's frames, as they come. One thread may bring the pictures and another the sound, as
 * long as no frame with new headers comes before all earlier ones are made.
 */
final class Pipeline implements AutoCloseable {

    /** Past this much delay every second picture is left out, past the other all, until it has caught up. */
    private static final long LATE_MILLIS = 120;

    private static final long VERY_LATE_MILLIS = 300;

    private final Outlet outlet;
    private final PicturePath pictures;
    private final SoundPath sound;
    private volatile StreamHeaders host = StreamHeaders.NONE;

    /**
     * A pipeline that has made nothing yet.
     *
     * @param form anything but the source itself
     * @param stats of the host's stream
     */
    Pipeline(Rendition form, Supplier<FanoutStats> stats, PacketFanout fanout) {
        this.outlet = new Outlet(fanout);
        this.pictures = switch (form) {
            case Rendition.Source _, Rendition.Aac _ ->
                new PicturePath(PicturePath.Rule.NEVER, null, stats, outlet, this::tellHeaders);
            case Rendition.WebRtc _ ->
                new PicturePath(PicturePath.Rule.ON_B_FRAMES, null, stats, outlet, this::tellHeaders);
            case Rendition.Limited(var limits) ->
                new PicturePath(PicturePath.Rule.ALWAYS, limits, stats, outlet, this::tellHeaders);
        };
        this.sound = new SoundPath(form instanceof Rendition.WebRtc ? AudioForm.OPUS : AudioForm.AAC, outlet);
    }

    private void tellHeaders() {
        // In one step, so that headers read before a change do not overwrite those told after it.
        synchronized (outlet) {
            StreamHeaders now = host;
            outlet.headers(now, pictures.header(now), sound.header(now));
        }
    }

    /**
     * Takes the host's next frame.
     *
     * @param behindMillis media time that waits after it
     */
    void accept(MediaUnit unit, long behindMillis) {
        host = unit.headers();
        if (unit.track() == Track.AUDIO) {
            sound(unit);
        } else {
            picture(unit, behindMillis);
        }
    }

    /** True while the form's picture is not known though the host sends one: sound has to wait for it. */
    boolean awaitsPicture(MediaUnit sound) {
        return sound.headers().video() != null && pictures.header(sound.headers()) == null;
    }

    private void sound(MediaUnit unit) {
        // Before the first picture is made, headers without one would pass for a stream that has none.
        if (!awaitsPicture(unit)) {
            tellHeaders();
            sound.accept(unit);
        }
    }

    private void picture(MediaUnit unit, long behindMillis) {
        pictures.decide(unit);
        if (pictures.header(host) != null) {
            tellHeaders();
        }
        Effort effort =
                behindMillis <= LATE_MILLIS ? Effort.ALL : behindMillis <= VERY_LATE_MILLIS ? Effort.HALF : Effort.NONE;
        pictures.accept(unit, effort);
    }

    @Override
    public void close() {
        pictures.close();
        sound.close();
    }
}
