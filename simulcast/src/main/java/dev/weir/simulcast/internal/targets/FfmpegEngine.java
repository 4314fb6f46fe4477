package dev.weir.simulcast.internal.targets;

import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.Subscription;
import dev.weir.simulcast.internal.ffmpeg.NativeException;
import dev.weir.simulcast.internal.ffmpeg.NativeGuard;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SRT, WHIP and RTMP with a user name, over FFmpeg's protocols: one thread a session, because their calls block, under a
 * guard that ends each call after ten seconds without progress or within about 100 ms of the signal.
 */
final class FfmpegEngine implements PushEngine {

    private static final Logger LOG = LoggerFactory.getLogger(FfmpegEngine.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LOOKUP = Duration.ofSeconds(5);
    private static final long LEFT_BEHIND_MILLIS = 1500;

    @Override
    public SessionEnd run(PushJob job) throws InterruptedException {
        var guard = new NativeGuard(Push.secretOf(job.spec().url()));
        var end = new CompletableFuture<SessionEnd>();
        job.stop().then(guard::stop);
        Thread.ofPlatform().daemon().name("target-" + job.spec().id()).start(() -> {
            try {
                end.complete(session(job, guard));
            } catch (InterruptedException | RuntimeException e) {
                end.completeExceptionally(e);
            }
        });
        job.stop()
                .then(() -> end.completeOnTimeout(new SessionEnd.Stopped(), LEFT_BEHIND_MILLIS, TimeUnit.MILLISECONDS));
        return await(job, end);
    }

    private static SessionEnd await(PushJob job, CompletableFuture<SessionEnd> end) throws InterruptedException {
        try {
            return end.get();
        } catch (ExecutionException e) {
            LOG.error("target {} cannot go on", job.spec(), e.getCause());
            return new SessionEnd.Failed("a fault of our own: " + e.getCause());
        }
    }

    private static SessionEnd session(PushJob job, NativeGuard guard) throws InterruptedException {
        guard.bind();
        StreamHeaders headers = job.fanout().headers();
        try {
            HostLookup.find(job.spec().host(), LOOKUP, job.stop());
            try (Push push = Push.open(job.spec(), job.policy(), headers, guard);
                    Subscription queue = job.subscribe()) {
                return send(job, push, queue, headers, guard);
            }
        } catch (UnknownHostException e) {
            return new SessionEnd.Failed(String.valueOf(e.getMessage()));
        } catch (WhipRefusedException e) {
            return guard.isStopped() ? new SessionEnd.Stopped() : e.end();
        } catch (NativeException e) {
            return guard.isStopped() ? new SessionEnd.Stopped() : Failures.classify(e, guard, job.policy());
        } finally {
            guard.unbind();
        }
    }

    private static SessionEnd send(PushJob job, Push push, Subscription queue, StreamHeaders headers, NativeGuard guard)
            throws InterruptedException, NativeException {
        while (!guard.isStopped()) {
            Optional<MediaUnit> next = queue.take(POLL);
            long bytes = 0;
            if (next.isPresent()) {
                if (!next.get().headers().sameCodecs(headers)) {
                    return new SessionEnd.CodecsChanged();
                }
                guard.allow(job.policy().noProgress());
                long began = System.nanoTime();
                bytes = push.write(next.get());
                if (System.nanoTime() - began > Health.STUCK_NANOS) {
                    job.health().slow();
                }
            }
            if (!job.health().sent(next.isPresent() ? 1 : 0, bytes, false)) {
                return new SessionEnd.HostGone();
            }
        }
        return new SessionEnd.Stopped();
    }
}
