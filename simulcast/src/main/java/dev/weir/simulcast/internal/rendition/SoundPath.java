package dev.weir.simulcast.internal.rendition;

import dev.weir.simulcast.AudioHeader;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.Track;
import dev.weir.simulcast.internal.ffmpeg.NativeException;
import dev.weir.simulcast.internal.transcode.AudioForm;
import dev.weir.simulcast.internal.transcode.AudioTranscoder;
import org.jspecify.annotations.Nullable;

/** The sound of one form: copied where the host codes it so already. Used by one thread. */
final class SoundPath implements AutoCloseable {

    private final AudioForm form;
    private final Outlet outlet;
    private final Retry retry;
    private @Nullable AudioTranscoder transcoder;

    SoundPath(AudioForm form, Outlet outlet) {
        this.form = form;
        this.outlet = outlet;
        this.retry = new Retry("sound as " + form);
    }

    /** How it is to be decoded, known before the first frame. */
    @Nullable
    AudioHeader header(StreamHeaders host) {
        AudioHeader sound = host.audio();
        return sound == null || form.satisfiedBy(sound) ? sound : form.header();
    }

    void accept(MediaUnit unit) {
        AudioHeader sound = unit.headers().audio();
        if (sound == null) {
            return;
        }
        if (form.satisfiedBy(sound)) {
            close();
            outlet.copy(unit);
        } else if (transcoder != null || retry.due()) {
            transcode(unit);
        }
    }

    private void transcode(MediaUnit unit) {
        try {
            AudioTranscoder open = transcoder;
            if (open == null) {
                retry.begin();
                open = new AudioTranscoder(form, frame -> outlet.coded(Track.AUDIO, frame));
                transcoder = open;
            }
            open.accept(unit);
        } catch (NativeException | RuntimeException | LinkageError e) {
            close();
            retry.failed(e);
        }
    }

    @Override
    public void close() {
        if (transcoder != null) {
            transcoder.close();
            transcoder = null;
        }
    }
}
