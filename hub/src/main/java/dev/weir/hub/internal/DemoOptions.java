package dev.weir.hub.internal;

import java.nio.file.Path;

/** How is {@code demo} called? IllegalArgumentException names what was not understood. */
final class DemoOptions {
    private DemoOptions() {}

    static CommandLine parse(Options options) {
        boolean fresh = false;
        boolean host = true;
        boolean check = false;
        Path data = Path.of("data");
        int port = 8080;
        int rtmpPort = 1935;
        int webrtcPort = 8189;
        int sandboxPort = 9080;
        for (String option = options.next(); option != null; option = options.next()) {
            switch (option) {
                case "--fresh" -> fresh = true;
                case "--no-host" -> host = false;
                case "--check" -> check = true;
                case "--data" -> data = Path.of(options.value());
                case "--port" -> port = options.port();
                case "--rtmp-port" -> rtmpPort = options.port();
                case "--webrtc-port" -> webrtcPort = options.port();
                case "--sandbox-port" -> sandboxPort = options.port();
                default -> throw options.unknown();
            }
        }
        return new CommandLine.Demo(fresh, data, port, rtmpPort, webrtcPort, sandboxPort, host, check);
    }
}
