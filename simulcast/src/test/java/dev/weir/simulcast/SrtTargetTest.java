package dev.weir.simulcast;

import dev.weir.simulcast.testkit.FfmpegReceiver;
import dev.weir.simulcast.testkit.FilmLoop;
import dev.weir.simulcast.testkit.FrameLog;
import dev.weir.simulcast.testkit.Tools;
import java.io.IOException;

class SrtTargetTest extends StreamTargetContract {

    @Override
    Receiver receiver() throws Exception {
        Tools.require(FilmLoop.available(), "ffmpeg");
        int port = Tools.freePort();
        FfmpegReceiver ffmpeg = FfmpegReceiver.srt(port);
        return new Receiver() {
            @Override
            public String url() {
                return "srt://127.0.0.1:%d?streamid=publish:live/key&latency=60000".formatted(port);
            }

            @Override
            public FrameLog log() {
                return ffmpeg.log();
            }

            @Override
            public void cut() throws InterruptedException {
                ffmpeg.kill();
            }

            @Override
            public void stick() throws IOException, InterruptedException {
                ffmpeg.freeze();
            }

            @Override
            public void mend() throws IOException, InterruptedException {
                ffmpeg.restart();
            }

            @Override
            public void close() {
                ffmpeg.close();
            }
        };
    }
}
