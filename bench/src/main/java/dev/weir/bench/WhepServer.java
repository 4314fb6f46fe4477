package dev.weir.bench;

import dev.weir.bench.rig.Clip;
import dev.weir.bench.rig.FlvClip;
import dev.weir.bench.rig.Janus;
import dev.weir.bench.rig.Options;
import dev.weir.bench.rig.Publisher;
import dev.weir.bench.rig.Rig;
import dev.weir.bench.whep.JanusSignalling;
import dev.weir.bench.whep.Signalling;
import dev.weir.bench.whep.WhepSignalling;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/**
 * Who sends to the viewers?
 *
 * @param name for people
 * @param pid of the process that is charged
 * @param stop ends what was started for this run
 */
record WhepServer(String name, Signalling signalling, long pid, Runnable stop) implements AutoCloseable {

    /** The one that is asked for: {@code weir}, {@code janus}, or the address of a WHEP endpoint with the server's pid. */
    static WhepServer of(Options options) throws IOException, InterruptedException {
        Clip clip = Clip.house(options.number("kilobits", 3000));
        String server = options.text("server", "weir");
        if (server.equals("weir")) {
            return weir(clip);
        }
        if (server.equals("janus")) {
            Janus janus = Janus.start(clip, options.number("loops", 2), options.number("helpers", 1));
            return new WhepServer("Janus 1.1.2", new JanusSignalling(janus.api()), janus.pid(), janus::close);
        }
        int pid = options.number("pid", -1);
        if (pid < 0) {
            throw new IllegalArgumentException("pid: none (expected: the server's, with server=" + server + ")");
        }
        return new WhepServer(server, new WhepSignalling(URI.create(server)), pid, () -> {});
    }

    private static WhepServer weir(Clip clip) throws IOException, InterruptedException {
        FlvClip tags = FlvClip.read(clip.flv(), clip.seconds());
        Rig rig = Rig.start();
        Publisher host = Publisher.start(rig.rtmp("load"), tags, (tag, shown) -> {});
        TimeUnit.SECONDS.sleep(3);
        return new WhepServer("Weir", new WhepSignalling(rig.http("/whep/load")), rig.pid(), () -> {
            host.close();
            rig.close();
        });
    }

    @Override
    public void close() {
        stop.run();
    }
}
