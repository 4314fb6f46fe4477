package dev.weir.hub.internal.live;

import dev.weir.hub.internal.MediaSettings;
import dev.weir.simulcast.PublishAuth;
import dev.weir.simulcast.SrtConfig;
import dev.weir.simulcast.SrtListener;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * On which port does a show wait for an SRT caller? Ports are given out to shows whose addresses are looked at, at most
 * {@code weir.simulcast.srt.ports}, and taken back when the show ends. Thread-safe.
 */
final class SrtPorts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SrtPorts.class);

    private record Open(int port, String key, SrtListener listener) {}

    private final MediaSettings.Srt settings;
    private final PublishAuth auth;
    private final Map<UUID, Open> open = new HashMap<>();

    SrtPorts(MediaSettings.Srt settings, PublishAuth auth) {
        this.settings = settings;
        this.auth = auth;
    }

    /**
     * The show's port, opened if it was not. The stream key is the passphrase, the show's id the streamid. Empty when SRT
     * is off or no port is free.
     */
    synchronized Optional<Integer> port(UUID showId, String streamKey) {
        if (settings.firstPort() == 0) {
            return Optional.empty();
        }
        Open present = open.get(showId);
        if (present != null && present.key().equals(streamKey)) {
            return Optional.of(present.port());
        }
        close(showId);
        return IntStream.range(settings.firstPort(), settings.firstPort() + settings.ports())
                .filter(port -> open.values().stream().noneMatch(used -> used.port() == port))
                .boxed()
                .filter(port -> listen(showId, streamKey, port))
                .findFirst();
    }

    private boolean listen(UUID showId, String streamKey, int port) {
        try {
            SrtConfig config = SrtConfig.on(settings.host(), port, streamKey, streamKey, showId.toString())
                    .withStreamIdRequired(settings.requireStreamid());
            open.put(showId, new Open(port, streamKey, SrtListener.start(config, auth)));
            return true;
        } catch (IllegalStateException e) {
            LOG.warn("SRT port {} is not free: {}", port, e.getMessage());
            return false;
        }
    }

    synchronized void close(UUID showId) {
        Open present = open.remove(showId);
        if (present != null) {
            present.listener().close();
        }
    }

    @Override
    public synchronized void close() {
        Map.copyOf(open).keySet().forEach(this::close);
    }
}
