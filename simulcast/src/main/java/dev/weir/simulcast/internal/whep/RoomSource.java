package dev.weir.simulcast.internal.whep;

import dev.weir.simulcast.LiveStream;
import dev.weir.simulcast.Rendition;
import dev.weir.simulcast.RenditionLease;
import java.util.function.Supplier;

/**
 * Where does a room take its pictures from?
 *
 * @param identity equal for viewers of the same room only
 * @param showId for sessions and logs
 * @param lease opens the form of the stream that WebRTC plays
 * @param keyFrame asks the host for a key frame
 */
record RoomSource(Object identity, String showId, Supplier<RenditionLease> lease, Runnable keyFrame) {

    static RoomSource of(LiveStream live) {
        return new RoomSource(live, live.showId(), () -> live.rendition(new Rendition.WebRtc()), live::requestKeyFrame);
    }
}
