package dev.weir.simulcast;

import dev.weir.simulcast.internal.ffmpeg.FfmpegLibrary;

/** Can this machine handle pictures and sound at all? */
public final class MediaParts {
    private MediaParts() {}

    /** Whether the media library loads; asks the machine once, which may take some seconds, and answers at once afterwards. */
    public static boolean present() {
        return Probe.PRESENT;
    }

    private static final class Probe {
        private static final boolean PRESENT = loads();

        private static boolean loads() {
            try {
                FfmpegLibrary.load();
                return true;
            } catch (LinkageError e) {
                return false;
            }
        }
    }
}
