package dev.weir.simulcast.testkit;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An nginx with its RTMP module on free ports of the loopback, started from a folder of its own. Its page of statistics
 * says what arrived.
 */
public final class NginxRtmp implements AutoCloseable {

    private static final Path MODULE = Path.of("/usr/lib/nginx/modules/ngx_rtmp_module.so");
    private static final Pattern STREAM =
            Pattern.compile("<stream>\\s*<name>([^<]*)</name>(.*?)</stream>", Pattern.DOTALL);
    private static final Pattern BYTES = Pattern.compile("<bytes_in>(\\d+)</bytes_in>");
    private static final long START_NANOS = 5_000_000_000L;

    private final Path folder;
    private final int port;
    private final int statPort;
    private final String applications;
    private Process process;

    private NginxRtmp(String applications) throws IOException {
        this.folder = Files.createTempDirectory("weir-nginx");
        this.port = Tools.freePort();
        this.statPort = Tools.freePort();
        this.applications = applications;
        this.process = launch();
    }

    /** True when Debian's packages nginx-light and libnginx-mod-rtmp are installed. */
    public static boolean available() {
        return Tools.find("nginx").isPresent() && Files.isReadable(MODULE);
    }

    /** A server with one application, {@code sink}, that takes any key and keeps nothing. */
    public static NginxRtmp sink() throws IOException {
        return start("application sink { live on; }");
    }

    /** A server with these applications, in nginx's own words. */
    public static NginxRtmp start(String applications) throws IOException {
        return new NginxRtmp(applications);
    }

    private Process launch() throws IOException {
        Path config = folder.resolve("nginx.conf");
        Files.writeString(config, config());
        Process started = new ProcessBuilder(
                        Tools.find("nginx").orElseThrow().toString(),
                        "-c",
                        config.toString(),
                        "-p",
                        folder.toString(),
                        "-e",
                        folder.resolve("error.log").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.log").toFile())
                .start();
        long until = System.nanoTime() + START_NANOS;
        while (!accepts()) {
            if (!started.isAlive() || System.nanoTime() > until) {
                Tools.stop(started);
                throw new IOException("nginx: did not start: " + Files.readString(folder.resolve("error.log")));
            }
            Thread.onSpinWait();
        }
        return started;
    }

    private boolean accepts() {
        try (var socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private String config() {
        return """
                load_module %s;
                %s
                worker_processes 1;
                daemon off;
                pid %s/nginx.pid;
                error_log %s/error.log warn;
                events { worker_connections 256; }
                rtmp { server { listen 127.0.0.1:%d; chunk_size 4096; %s } }
                http {
                  access_log off;
                  client_body_temp_path %s/body; proxy_temp_path %s/proxy; fastcgi_temp_path %s/fastcgi;
                  uwsgi_temp_path %s/uwsgi; scgi_temp_path %s/scgi;
                  server { listen 127.0.0.1:%d; location /stat { rtmp_stat all; } }
                }
                """.formatted(
                        MODULE,
                        "root".equals(System.getProperty("user.name")) ? "user root;" : "",
                        folder,
                        folder,
                        port,
                        applications,
                        folder,
                        folder,
                        folder,
                        folder,
                        folder,
                        statPort);
    }

    /** The address that publishes under the key; the key may hold a query. */
    public String url(String application, String key) {
        return "rtmp://127.0.0.1:%d/%s/%s".formatted(port, application, key);
    }

    /** The RTMP port. */
    public int port() {
        return port;
    }

    /** The process that does the work, for its counters in /proc. */
    public long workerPid() {
        return process.children().findFirst().map(ProcessHandle::pid).orElse(process.pid());
    }

    /** Payload bytes received by stream name, of streams that are there now. */
    public Map<String, Long> bytesIn() throws IOException, InterruptedException {
        Map<String, Long> bytes = new TreeMap<>();
        try (var client = HttpClient.newHttpClient()) {
            String page = client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/stat".formatted(statPort)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            Matcher stream = STREAM.matcher(page);
            while (stream.find()) {
                bytes.put(stream.group(1), number(stream.group(2)).orElse(0L));
            }
        }
        return bytes;
    }

    private static Optional<Long> number(String xml) {
        Matcher found = BYTES.matcher(xml);
        return found.find() ? Optional.of(Long.valueOf(found.group(1))) : Optional.empty();
    }

    /** Takes it down as a crash would: every connection is cut. */
    public void kill() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }

    /** Brings it back on the same ports after {@link #kill}. */
    public void restart() throws IOException {
        process = launch();
    }

    @Override
    public void close() {
        Tools.stop(process);
        Tools.delete(folder);
    }
}
