package dev.weir.bench.rig;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.weir.simulcast.CountingSinks;
import dev.weir.simulcast.PublishVerdict;
import dev.weir.simulcast.RtmpConfig;
import dev.weir.simulcast.RtmpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** What would the platforms have received? A process of its own that takes any key and counts what comes for it. */
public final class SinkMain {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_PUBLISHERS = 1000;

    private SinkMain() {}

    /** Counts until it is killed or its parent ends. */
    public static void main(String[] args) throws IOException, InterruptedException {
        var sinks = new CountingSinks(InstantSource.system());
        RtmpServer rtmp = RtmpServer.start(
                new RtmpConfig("127.0.0.1", 0, MAX_PUBLISHERS, Duration.ofSeconds(30)),
                request -> new PublishVerdict.Accepted(sinks.open(request.key())));
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        http.createContext("/figures", exchange -> {
            try (exchange) {
                RigHttp.send(exchange, 200, "application/json", JSON.writeValueAsBytes(counts(sinks)));
            }
        });
        http.start();
        MediaRig.ready(rtmp.port(), http.getAddress().getPort());
        new CountDownLatch(1).await();
    }

    private static Map<String, Object> counts(CountingSinks sinks) {
        Map<String, Object> counts = new HashMap<>();
        sinks.counts()
                .forEach((key, count) -> counts.put(
                        key,
                        Map.of(
                                "connected", count.connected(),
                                "sessions", count.sessions(),
                                "units", count.units(),
                                "bytes", count.bytes(),
                                "keyFrames", count.keyFrames())));
        return counts;
    }
}
