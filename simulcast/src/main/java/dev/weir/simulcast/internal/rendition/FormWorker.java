package dev.weir.simulcast.internal.rendition;

import dev.weir.simulcast.ConsumerSpec;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.PacketFanout;
import dev.weir.simulcast.Rendition;
import dev.weir.simulcast.Subscription;
import dev.weir.simulcast.Track;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one form for as long as somebody wants it. A platform thread: native codecs would hold a virtual one's carrier
 * for milliseconds at a time.
 */
final class FormWorker {

    private static final Logger LOG = LoggerFactory.getLogger(FormWorker.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int QUEUE_MILLIS = 3000;
    /** Twice what a fan-out keeps for a joiner, so that a long GOP still leaves room for what follows. */
    private static final long QUEUE_BYTES = 32L * 1024 * 1024;

    /** Whose form is made? */
    interface Owner {
        /** True when nobody wants it any more; then it is not asked again. */
        boolean unwanted();

        /** It is made no more, whatever the reason. */
        void ended();
    }

    private final Rendition form;
    private final PacketFanout source;
    private final PacketFanout fanout = new PacketFanout();
    private final Subscription subscription;
    private int version = -1;
    private final Owner owner;

    /**
     * Begins at once, with the pictures since the host's last key frame.
     *
     * @param owner asked some times a second
     */
    FormWorker(Rendition form, PacketFanout source, Owner owner) {
        this.form = form;
        this.source = source;
        this.owner = owner;
        String name = form.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        this.subscription = source.subscribe(new ConsumerSpec(name, QUEUE_MILLIS, QUEUE_BYTES), true);
        Thread.ofPlatform().daemon().name("rendition-" + name).start(this::run);
    }

    /** Where the form is published. */
    PacketFanout fanout() {
        return fanout;
    }

    /** Takes no more frames; what waits is still made. */
    void stop() {
        subscription.close();
    }

    private void hand(MediaUnit unit, Pipeline pipeline, PictureLane lane) throws InterruptedException {
        // What comes after a discontinuity must not overtake what was before it.
        if (unit.headers().version() != version) {
            version = unit.headers().version();
            lane.awaitEmpty();
        }
        if (unit.track() == Track.VIDEO && !(form instanceof Rendition.Aac)) {
            lane.put(unit);
            return;
        }
        if (unit.track() == Track.AUDIO && pipeline.awaitsPicture(unit)) {
            lane.awaitEmpty();
        }
        pipeline.accept(unit, subscription.queuedMillis());
    }

    private void run() {
        try (var pipeline = new Pipeline(form, source::stats, fanout);
                var lane = new PictureLane(Thread.currentThread().getName() + "-pictures", pipeline::accept)) {
            while (!owner.unwanted()) {
                Optional<MediaUnit> next = subscription.take(POLL);
                if (next.isEmpty() && subscription.isClosed()) {
                    next = subscription.take(Duration.ZERO);
                    if (next.isEmpty()) {
                        return;
                    }
                }
                if (next.isPresent()) {
                    hand(next.get(), pipeline, lane);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("{} ends", form, e);
        } finally {
            owner.ended();
            subscription.close();
            fanout.close();
        }
    }
}
