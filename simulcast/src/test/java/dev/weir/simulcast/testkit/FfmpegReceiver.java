package dev.weir.simulcast.testkit;

import java.io.IOException;
import java.util.List;

/** An ffmpeg that listens for one sender and hands on what it gets, copied, frame by frame. */
public final class FfmpegReceiver implements AutoCloseable {

    private final FrameLog log = FrameLog.ofTimes();
    private final List<String> input;
    private Process process;

    private FfmpegReceiver(List<String> input) throws IOException {
        this.input = input;
        this.process = launch();
    }

    /** Listens for an SRT caller on that port. */
    public static FfmpegReceiver srt(int port) throws IOException {
        return new FfmpegReceiver(List.of("-i", "srt://127.0.0.1:%d?mode=listener&latency=60000".formatted(port)));
    }

    /** Listens for an RTMP publisher at that address. */
    public static FfmpegReceiver rtmp(String url) throws IOException {
        return new FfmpegReceiver(List.of("-listen", "1", "-i", url));
    }

    /** Plays what a server has at that address. */
    public static FfmpegReceiver player(String url) throws IOException {
        return new FfmpegReceiver(List.of("-rw_timeout", "30000000", "-i", url));
    }

    private Process launch() throws IOException {
        Process started = FilmLoop.ffmpeg(
                input,
                List.of("-probesize", "500000", "-analyzeduration", "500000", "-fflags", "nobuffer"),
                List.of("-map", "0", "-c", "copy", "-f", "flv", "-flush_packets", "1", "pipe:1"));
        FlvPipe.drain(started.getInputStream(), log);
        return started;
    }

    /** What came. */
    public FrameLog log() {
        return log;
    }

    /** Reads no more, but keeps its port and its connection. */
    public void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    /** Dies as in a crash. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Listens again, as a new process. */
    public void restart() throws IOException, InterruptedException {
        kill();
        process = launch();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
