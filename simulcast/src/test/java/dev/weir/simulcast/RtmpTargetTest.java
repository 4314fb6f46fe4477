package dev.weir.simulcast;

import dev.weir.simulcast.testkit.FaultyProxy;
import dev.weir.simulcast.testkit.FrameLog;
import java.io.IOException;

class RtmpTargetTest extends StreamTargetContract {

    @Override
    Receiver receiver() throws Exception {
        return new RtmpReceiver();
    }

    /** Our own server behind a way that can be broken. */
    static class RtmpReceiver implements Receiver {

        private final FrameLog log = new FrameLog();
        private final RtmpServer server =
                RtmpServer.start(RtmpConfig.on("127.0.0.1", 0), request -> new PublishVerdict.Accepted(log.open()));
        final FaultyProxy proxy;

        RtmpReceiver() throws IOException {
            proxy = new FaultyProxy(server.port());
        }

        @Override
        public String url() {
            return "rtmp://127.0.0.1:%d/live/key?a=1&b=%%3D".formatted(proxy.port());
        }

        @Override
        public FrameLog log() {
            return log;
        }

        @Override
        public void cut() throws IOException {
            proxy.vanish();
        }

        @Override
        public void stick() {
            proxy.mode(FaultyProxy.Mode.SILENT);
        }

        @Override
        public void mend() throws IOException {
            proxy.mode(FaultyProxy.Mode.FORWARD);
            proxy.vanish();
            proxy.reappear();
        }

        @Override
        public void close() throws IOException {
            proxy.close();
            server.close();
        }
    }
}
