package dev.weir.simulcast.internal.live;

import dev.weir.simulcast.SlateImage;
import dev.weir.simulcast.VideoHeader;
import dev.weir.simulcast.internal.ffmpeg.NativeException;
import dev.weir.simulcast.internal.transcode.StillPicture;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator's image in the sizes that hosts send, each encoded once. Thread-safe. */
public final class Stills {

    private static final Logger LOG = LoggerFactory.getLogger(Stills.class);
    /** More than there are usual sizes; hosts past it show their last picture. */
    private static final int MAX_SIZES = 32;

    private record Size(int width, int height) {}

    private final @Nullable SlateImage image;
    private final Map<Size, CompletableFuture<Optional<StillPicture>>> made = new ConcurrentHashMap<>();

    /** Of no image when it is null: then the host's last picture stays. */
    public Stills(@Nullable SlateImage image) {
        this.image = image;
    }

    /** Begins to make what {@link #of} will be asked for; returns at once. */
    void prepare(VideoHeader host) {
        future(host);
    }

    /** The image as large as the host's picture; empty without one, or while it is not made yet. */
    Optional<StillPicture> of(VideoHeader host) {
        return future(host).getNow(Optional.empty());
    }

    private CompletableFuture<Optional<StillPicture>> future(VideoHeader host) {
        var size = new Size(host.width(), host.height());
        SlateImage drawn = image;
        if (drawn == null || (made.size() >= MAX_SIZES && !made.containsKey(size))) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return made.computeIfAbsent(size, wanted -> {
            var future = new CompletableFuture<Optional<StillPicture>>();
            Thread.ofPlatform().daemon().name("slate").start(() -> future.complete(make(drawn, wanted)));
            return future;
        });
    }

    private static Optional<StillPicture> make(SlateImage image, Size size) {
        try {
            return Optional.of(StillPicture.encode(image.drawn(size.width, size.height), size.width, size.height));
        } catch (NativeException | RuntimeException | LinkageError e) {
            LOG.warn("no slate of {}x{}: gaps show the last picture", size.width, size.height, e);
            return Optional.empty();
        }
    }
}
