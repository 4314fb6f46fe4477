package dev.weir.simulcast.internal.targets;

import dev.weir.simulcast.Subscription;
import dev.weir.simulcast.internal.rtmp.PushEnd;
import dev.weir.simulcast.internal.rtmp.PushFeed;
import dev.weir.simulcast.internal.rtmp.RtmpAddress;
import dev.weir.simulcast.internal.rtmp.RtmpPush;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** RTMP and RTMPS over our own client: no thread of its own, and nothing that cannot be ended at once. */
final class RtmpEngine implements PushEngine {

    private static final Duration LOOKUP = Duration.ofSeconds(5);

    @Override
    public SessionEnd run(PushJob job) throws InterruptedException {
        RtmpAddress address = RtmpAddress.parse(job.spec().url());
        try {
            List<InetAddress> hosts = HostLookup.find(address.host(), LOOKUP, job.stop());
            @Nullable SslContext tls = address.tls() ? Trust.of(job.policy()) : null;
            var push = RtmpPush.start(address, hosts, job.policy().noProgress(), tls, new Feed(job));
            job.stop().then(push::close);
            return settled(push.ended().get(), job);
        } catch (UnknownHostException | SSLException e) {
            return new SessionEnd.Failed(String.valueOf(e.getMessage()));
        } catch (ExecutionException e) {
            throw new IllegalStateException("push of %s: no end (expected: one, always)".formatted(job.spec()), e);
        }
    }

    private static SessionEnd settled(PushEnd end, PushJob job) {
        return switch (end) {
            case PushEnd.Closed closed -> job.stop().given() ? new SessionEnd.Stopped() : new SessionEnd.HostGone();
            case PushEnd.Changed changed -> new SessionEnd.CodecsChanged();
            case PushEnd.Refused(String words) -> new SessionEnd.Rejected("the server refused: " + words);
            case PushEnd.Untrusted(String words) ->
                new SessionEnd.Rejected("the server's certificate is not trusted: " + words);
            case PushEnd.Failed(String reason) -> new SessionEnd.Failed(reason);
        };
    }

    private record Feed(PushJob job) implements PushFeed {

        @Override
        public Subscription open() {
            return job.subscribe();
        }

        @Override
        public boolean sent(int frames, long bytes, boolean waiting) {
            return job.health().sent(frames, bytes, waiting);
        }
    }
}
