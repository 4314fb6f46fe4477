package dev.weir.simulcast.internal.rtmp;

import dev.weir.simulcast.PublishAuth;
import dev.weir.simulcast.PublishRequest;
import dev.weir.simulcast.PublishVerdict;
import dev.weir.simulcast.Redaction;
import io.netty.channel.Channel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is publishing under which key, and the way to the hook that decides. Thread-safe. */
final class Publishers {

    private static final Logger LOG = LoggerFactory.getLogger(Publishers.class);

    /** Tells a connection that another one now holds its key. */
    enum TakenOver {
        EVENT
    }

    private record Place(String app, String key) {}

    private final PublishAuth auth;
    private final Map<Place, Channel> active = new ConcurrentHashMap<>();

    Publishers(PublishAuth auth) {
        this.auth = auth;
    }

    void authorize(PublishRequest request, Executor eventLoop, Consumer<PublishVerdict> answer) {
        Thread.ofVirtual().name("rtmp-auth").start(() -> {
            PublishVerdict verdict = ask(request);
            try {
                eventLoop.execute(() -> answer.accept(verdict));
            } catch (RejectedExecutionException e) {
                LOG.debug("publish verdict came after the server closed");
            }
        });
    }

    private PublishVerdict ask(PublishRequest request) {
        try {
            return auth.authorize(request);
        } catch (RuntimeException e) {
            LOG.warn("publish hook failed for app {} key {}", request.app(), Redaction.keyHash(request.key()), e);
            return new PublishVerdict.Refused("the key cannot be checked now (expected: try again)");
        }
    }

    void takeOver(String app, String key, Channel channel) {
        Channel ghost = active.put(new Place(app, key), channel);
        if (ghost != null && !ghost.equals(channel)) {
            LOG.info("takeover: app {} key {}", app, Redaction.keyHash(key));
            ghost.pipeline().fireUserEventTriggered(TakenOver.EVENT);
        }
    }

    void gone(Channel channel) {
        active.values().remove(channel);
    }
}
