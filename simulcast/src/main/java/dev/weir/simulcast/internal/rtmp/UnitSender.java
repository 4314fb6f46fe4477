package dev.weir.simulcast.internal.rtmp;

import dev.weir.simulcast.AudioHeader;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.Subscription;
import dev.weir.simulcast.Track;
import dev.weir.simulcast.VideoHeader;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends one connection's frames: in turns, so that what came in between leaves in one call to the kernel. Takes no more
 * from its queue than the network takes from it. Runs on the connection's event loop.
 *
 * <p>A byte counts as progress when the socket takes it, not when the server acknowledges it. That is enough to notice a
 * server that reads no more, because the kernel holds little: {@link PushDial#UNSENT_BYTES} that are not sent, and what
 * fits the server's window, which does not grow while nobody reads; about a second of a stream together. RTMP's own
 * Acknowledgement (§5.4.3) comes once a window of megabytes and tells less; servers that never send one are many.
 */
final class UnitSender {

    private static final int SMALL = 1024;

    private final Channel channel;
    private final int streamId;
    private final PushFeed feed;
    private final Subscription queue;
    private final Duration noProgress;
    private final Consumer<PushEnd> onEnd;
    private StreamHeaders headers = StreamHeaders.NONE;
    private long base = Long.MIN_VALUE;
    private long handed;
    private long written;
    private long progressAt = System.nanoTime();
    private @Nullable ByteBuf small;
    private boolean over;

    UnitSender(Channel channel, int streamId, PushFeed feed, Duration noProgress, Consumer<PushEnd> onEnd) {
        this.channel = channel;
        this.streamId = streamId;
        this.feed = feed;
        this.queue = feed.open();
        this.noProgress = noProgress;
        this.onEnd = onEnd;
    }

    /** Sends what has come; false when this one needs no more turns. */
    boolean turn(RenderedUnits rendered) throws InterruptedException {
        if (over) {
            return false;
        }
        int frames = 0;
        while (channel.isWritable()) {
            Optional<MediaUnit> next = queue.take(Duration.ZERO);
            if (next.isEmpty()) {
                break;
            }
            frames++;
            if (!send(next.get(), rendered)) {
                end(new PushEnd.Changed());
                return false;
            }
        }
        if (frames > 0) {
            writeSmall();
            channel.flush();
        }
        account(frames);
        return !over;
    }

    private void account(int frames) {
        ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
        long pending = out == null ? 0 : out.totalPendingWriteBytes();
        long now = System.nanoTime();
        long left = Math.max(written, handed - pending);
        boolean waiting = pending > 0;
        if (left > written || !waiting) {
            progressAt = now;
        }
        long bytes = left - written;
        written = left;
        if (now - progressAt > noProgress.toNanos()) {
            end(new PushEnd.Failed("no progress for %d s".formatted(noProgress.toSeconds())));
        } else if (!feed.sent(frames, bytes, waiting)) {
            end(new PushEnd.Closed());
        }
    }

    private boolean send(MediaUnit unit, RenderedUnits rendered) {
        if (base == Long.MIN_VALUE) {
            base = unit.dtsMillis();
            channel.write(ClientCommands.metadata(streamId, unit.headers()), channel.voidPromise());
        }
        long millis = unit.dtsMillis() - base;
        if (millis < 0) {
            return true;
        }
        if (unit.headers().version() != headers.version() || headers.equals(StreamHeaders.NONE)) {
            if (!continues(unit.headers())) {
                return false;
            }
            announce(unit.headers(), millis);
        }
        boolean has = unit.track() == Track.VIDEO ? headers.video() != null : headers.audio() != null;
        if (has) {
            write(unit, millis, rendered);
        }
        return true;
    }

    /** A server that has seen the stream begin takes other parameter sets, but no other size and no further track. */
    private boolean continues(StreamHeaders next) {
        return headers.equals(StreamHeaders.NONE)
                || (picture(headers).equals(picture(next)) && sound(headers).equals(sound(next)));
    }

    private static String picture(StreamHeaders headers) {
        VideoHeader video = headers.video();
        return video == null ? "none" : video.width() + "x" + video.height();
    }

    private static String sound(StreamHeaders headers) {
        AudioHeader audio = headers.audio();
        return audio == null ? "none" : audio.sampleRate() + "/" + audio.channels();
    }

    private void announce(StreamHeaders next, long millis) {
        boolean changed = !next.sameCodecs(headers);
        headers = next;
        if (!changed) {
            return;
        }
        writeSmall();
        VideoHeader video = next.video();
        if (video != null) {
            channel.write(UnitRenderer.header(video, millis, streamId), channel.voidPromise());
        }
        AudioHeader audio = next.audio();
        if (audio != null) {
            channel.write(UnitRenderer.header(audio, millis, streamId), channel.voidPromise());
        }
    }

    private void write(MediaUnit unit, long millis, RenderedUnits rendered) {
        ByteBuf head = small;
        if (head == null) {
            head = channel.alloc().directBuffer(2 * SMALL);
            small = head;
        }
        UnitRenderer.header(head, unit, millis, streamId);
        ByteBuf body = UnitRenderer.rendersAlone(unit, millis)
                ? UnitRenderer.body(channel.alloc(), unit, millis)
                : rendered.take(channel.alloc(), unit);
        if (body.readableBytes() <= SMALL) {
            head.writeBytes(body);
            body.release();
            return;
        }
        writeSmall();
        handed += body.readableBytes();
        channel.write(body, channel.voidPromise());
    }

    private void writeSmall() {
        ByteBuf ready = small;
        small = null;
        if (ready != null) {
            handed += ready.readableBytes();
            channel.write(ready, channel.voidPromise());
        }
    }

    /** A fault of ours: ends this connection, never the others of the loop. */
    void fail(RuntimeException fault) {
        end(new PushEnd.Failed("a fault of our own: " + fault));
    }

    private void end(PushEnd why) {
        over = true;
        onEnd.accept(why);
    }

    /** No more frames from now on. */
    void stop() {
        over = true;
        queue.close();
        ByteBuf unsent = small;
        small = null;
        if (unsent != null) {
            unsent.release();
        }
    }
}
