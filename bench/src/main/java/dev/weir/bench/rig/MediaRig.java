package dev.weir.bench.rig;

import dev.weir.simulcast.LiveStream;
import dev.weir.simulcast.LiveStreams;
import dev.weir.simulcast.LiveStreamsConfig;
import dev.weir.simulcast.PublishRequest;
import dev.weir.simulcast.PublishVerdict;
import dev.weir.simulcast.RecordingConfig;
import dev.weir.simulcast.RtmpConfig;
import dev.weir.simulcast.RtmpServer;
import dev.weir.simulcast.TargetSpec;
import dev.weir.simulcast.WebRtcConfig;
import dev.weir.simulcast.WebRtcServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;

/**
 * What does the media engine do when nothing else runs beside it? A process of its own with ingest, players' delivery,
 * targets and plain HTTP in front, and no hub. A stream key is the name of its live.
 *
 * <p>Options: {@code rtmp=PORT http=PORT rtc=PORT} (0 for free ones), {@code targets=N sink=rtmp://host:port/app} to
 * push every live to {@code sink/live-0 ..}, {@code record=FOLDER}. Prints one line of JSON when it is ready, and ends with its parent.
 */
public final class MediaRig {

    private static final int MAX_VIEWERS = 2000;

    private final LiveStreams lives;
    private final int targets;
    private final String sink;

    private MediaRig(LiveStreams lives, int targets, String sink) {
        this.lives = lives;
        this.targets = targets;
        this.sink = sink;
    }

    /** Runs until it is killed. */
    public static void main(String[] args) throws IOException, InterruptedException {
        var options = new Options(args, "rtmp", "http", "rtc", "targets", "sink", "record");
        var rig = new MediaRig(lives(options), options.number("targets", 0), options.text("sink", ""));
        RtmpServer rtmp = RtmpServer.start(RtmpConfig.on("127.0.0.1", options.number("rtmp", 0)), rig::authorize);
        RigHttp http = RigHttp.start(rig.lives, options.number("http", 0));
        var rtc = WebRtcConfig.on("127.0.0.1", options.number("rtc", 0)).withSessions(MAX_VIEWERS, MAX_VIEWERS);
        RigWhep.serve(http, rig.lives, WebRtcServer.start(rtc, InstantSource.system()));
        ready(rtmp.port(), http.port());
        new CountDownLatch(1).await();
    }

    private static LiveStreams lives(Options options) {
        LiveStreamsConfig config = LiveStreamsConfig.standard();
        String folder = options.text("record", "");
        return new LiveStreams(
                folder.isEmpty()
                        ? config
                        : config.withRecording(new RecordingConfig(Path.of(folder), Duration.ofDays(1), 0)),
                InstantSource.system());
    }

    /** Tells the parent the ports, and ends with it. */
    static void ready(int rtmp, int http) {
        System.out.printf("{\"rtmp\":%d,\"http\":%d}%n", rtmp, http);
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(0)));
    }

    private PublishVerdict authorize(PublishRequest request) {
        LiveStream live = lives.open(request.key());
        synchronized (this) {
            for (int i = 0; i < targets && live.targets().find("t" + i).isEmpty(); i++) {
                live.targets()
                        .add(new TargetSpec("t" + i, "t" + i, null, "%s/%s-%d".formatted(sink, request.key(), i)));
            }
        }
        return new PublishVerdict.Accepted(live.openHost());
    }
}
