package dev.weir.simulcast.internal.host;

import dev.weir.simulcast.internal.ffmpeg.AvOutput;
import dev.weir.simulcast.internal.ffmpeg.NativeException;
import dev.weir.simulcast.internal.ffmpeg.NativeGuard;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** One publication of the generated host: draws, encodes and sends in real time until it fails or is stopped. */
public final class HostRun {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long SECOND = 1_000_000_000L;
    /** Past this much delay the clock starts anew instead of racing to catch up. */
    private static final long MAX_LAG = SECOND;

    private final Scene scene;
    private final Chimes chimes = new Chimes();
    private final InstantSource clock;
    private final float[] left = new float[Encoder.AUDIO_FRAME];
    private final float[] right = new float[Encoder.AUDIO_FRAME];

    /** Draws the still parts of the picture. */
    public HostRun(String title, InstantSource clock) {
        this.scene = new Scene(title);
        this.clock = clock;
    }

    /** Publishes until {@code guard} is stopped; the guard must be bound to this thread. */
    public void publish(String url, NativeGuard guard) throws NativeException {
        guard.allow(PATIENCE);
        try (Encoder video = Encoder.video(0);
                Encoder audio = Encoder.audio(1);
                AvOutput output = AvOutput.open(
                        guard,
                        url,
                        "flv",
                        Map.of("flvflags", "no_duration_filesize", "tcp_nodelay", "1"),
                        List.of(video.setup(), audio.setup()))) {
            loop(video, audio, output, guard);
        }
    }

    private void loop(Encoder video, Encoder audio, AvOutput output, NativeGuard guard) throws NativeException {
        long start = System.nanoTime();
        long samples = 0;
        for (long index = 0; !guard.isStopped(); index++) {
            long due = start + index * SECOND / Encoder.FPS;
            long wait = due - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            } else if (wait < -MAX_LAG) {
                start -= wait;
            }
            guard.allow(PATIENCE);
            video.encode(scene.draw(index / (double) Encoder.FPS, clock.instant()), index, output);
            while (samples * Encoder.FPS <= index * Chimes.SAMPLE_RATE) {
                chimes.fill(samples, left, right);
                audio.encode(left, right, samples, output);
                samples += Encoder.AUDIO_FRAME;
            }
        }
    }
}
