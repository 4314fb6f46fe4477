package dev.weir.hub;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** An engine that is not ours and serves HLS in a hub's place: nginx with its RTMP module. */
final class NginxEdge implements AutoCloseable {
    private static final Path MODULE = Path.of("/usr/lib/nginx/modules/ngx_rtmp_module.so");

    private final int rtmpPort;
    private final int httpPort;
    private final Process process;

    NginxEdge(Path folder, int rtmpPort, int httpPort) throws IOException {
        this.rtmpPort = rtmpPort;
        this.httpPort = httpPort;
        Path config = Files.createDirectories(folder).resolve("nginx.conf");
        Files.writeString(config, """
                load_module %1$s;
                %2$s
                worker_processes 1;
                daemon off;
                pid %3$s/nginx.pid;
                error_log %3$s/error.log warn;
                events { worker_connections 256; }
                rtmp { server { listen 127.0.0.1:%4$d; application edge {
                  live on; hls on; hls_path %3$s/hls; hls_fragment 1s; hls_playlist_length 8s; hls_nested on;
                } } }
                http {
                  types { application/vnd.apple.mpegurl m3u8; video/mp2t ts; }
                  access_log off;
                  client_body_temp_path %3$s/body; proxy_temp_path %3$s/proxy; fastcgi_temp_path %3$s/fastcgi;
                  uwsgi_temp_path %3$s/uwsgi; scgi_temp_path %3$s/scgi;
                  server { listen 127.0.0.1:%5$d; root %3$s; add_header Access-Control-Allow-Origin *; }
                }
                """.formatted(
                        MODULE,
                        "root".equals(System.getProperty("user.name")) ? "user root;" : "",
                        folder,
                        rtmpPort,
                        httpPort));
        process = new ProcessBuilder(
                        "/usr/sbin/nginx",
                        "-c",
                        config.toString(),
                        "-p",
                        folder.toString(),
                        "-e",
                        folder + "/error.log")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.log").toFile())
                .start();
        await().atMost(Duration.ofSeconds(10)).until(this::answers);
    }

    static boolean available() {
        return Files.isReadable(MODULE) && Files.isExecutable(Path.of("/usr/sbin/nginx"));
    }

    private boolean answers() {
        try (Socket socket = new Socket("127.0.0.1", httpPort)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Where the stream of each show is pushed. */
    String push() {
        return "rtmp://127.0.0.1:" + rtmpPort + "/edge/{show}";
    }

    /** Where players find it. */
    String hls() {
        return "http://127.0.0.1:" + httpPort + "/hls/{show}/index.m3u8";
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
