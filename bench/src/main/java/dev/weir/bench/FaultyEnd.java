package dev.weir.bench;

import dev.weir.simulcast.PublishVerdict;
import dev.weir.simulcast.RtmpConfig;
import dev.weir.simulcast.RtmpServer;
import dev.weir.simulcast.testkit.FaultyProxy;
import dev.weir.simulcast.testkit.FaultyProxy.Mode;
import dev.weir.simulcast.testkit.FrameLog;
import dev.weir.simulcast.testkit.TlsFront;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A platform that fails as it is told, and is well again when it is told. */
final class FaultyEnd implements AutoCloseable {
    private static final String NAME = "weir-target.test";

    private final Path hosts;
    private final FrameLog log = FrameLog.ofTimes();
    private final RtmpServer server = RtmpServer.start(RtmpConfig.on("127.0.0.1", 0), request -> verdict());
    private final TlsFront tls = new TlsFront(server.port());
    private final FaultyProxy plainWay = new FaultyProxy(server.port());
    private final FaultyProxy tlsWay = new FaultyProxy(tls.port());
    private volatile boolean keyIsBad;

    /** Names are looked up in that file only; see {@code jdk.net.hosts.file}. */
    FaultyEnd(Path hosts) throws IOException {
        this.hosts = hosts;
    }

    private PublishVerdict verdict() {
        return keyIsBad ? new PublishVerdict.Refused("This key has expired") : new PublishVerdict.Accepted(log.open());
    }

    FrameLog log() {
        return log;
    }

    Path caFile() {
        return tls.caFile();
    }

    String url(Fault fault) {
        return switch (fault) {
            case DNS_FAILURE -> "rtmp://%s:%d/live/key".formatted(NAME, plainWay.port());
            case TLS_HANG -> "rtmps://localhost:%d/live/key".formatted(tlsWay.port());
            default -> "rtmp://127.0.0.1:%d/live/key".formatted(plainWay.port());
        };
    }

    void strike(Fault fault) throws IOException {
        switch (fault) {
            case DNS_FAILURE -> Files.writeString(hosts, "127.0.0.1 localhost\n");
            case REFUSED, OUTAGE -> plainWay.vanish();
            case SILENT -> plainWay.mode(Mode.SILENT);
            case TLS_HANG -> tlsWay.mode(Mode.SILENT);
            case BAD_KEY -> keyIsBad = true;
            case SLOW_READER -> plainWay.mode(Mode.THROTTLED);
            case RESET -> plainWay.reset();
            case CLOSE -> plainWay.finish();
        }
    }

    void mend(Fault fault) throws IOException {
        switch (fault) {
            case DNS_FAILURE -> Files.writeString(hosts, "127.0.0.1 " + NAME + "\n", StandardOpenOption.APPEND);
            case REFUSED, OUTAGE -> plainWay.reappear();
            case SILENT, SLOW_READER -> plainWay.mode(Mode.FORWARD);
            case TLS_HANG -> tlsWay.mode(Mode.FORWARD);
            case BAD_KEY -> keyIsBad = false;
            case RESET, CLOSE -> {}
        }
    }

    @Override
    public void close() throws IOException {
        plainWay.close();
        tlsWay.close();
        tls.close();
        server.close();
    }
}
