package dev.weir.simulcast.internal.whep;

import dev.weir.simulcast.LiveStream;
import dev.weir.simulcast.RtcSessionStats;
import dev.weir.simulcast.WhepReply;
import dev.weir.simulcast.internal.rtc.OpenResult;
import dev.weir.simulcast.internal.rtc.PeerRequest;
import dev.weir.simulcast.internal.rtc.RtcEngine;
import dev.weir.simulcast.internal.rtc.SdpException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How does a viewer get into a live? A room is opened for its first viewer. Thread-safe. */
public final class WhepRooms implements AutoCloseable {

    private final RtcEngine engine;
    private final Map<Object, WhepRoom> rooms = new HashMap<>();

    /** No room yet. */
    public WhepRooms(RtcEngine engine) {
        this.engine = engine;
    }

    /** Answers a viewer's offer. */
    public WhepReply answer(LiveStream live, String offerSdp, String remoteAddress) {
        return answer(RoomSource.of(live), offerSdp, remoteAddress);
    }

    WhepReply answer(RoomSource source, String offerSdp, String remoteAddress) {
        WhepOffer offer;
        try {
            offer = WhepOffer.of(offerSdp);
        } catch (SdpException e) {
            return new WhepReply.Refused(e.status(), String.valueOf(e.getMessage()));
        }
        WhepRoom room = enter(source);
        var viewer = new WhepViewer(room, offer.video(), offer.audio());
        var request = new PeerRequest(
                RtcSessionStats.Kind.WHEP, source.showId(), remoteAddress, offer.offer(), offer.answers(), viewer);
        return switch (engine.open(request)) {
            case OpenResult.Opened opened ->
                new WhepReply.Answered(opened.session().id(), opened.etag(), opened.answerSdp());
            case OpenResult.Full full -> {
                room.left();
                yield new WhepReply.Full(full.retryAfterSeconds(), full.reason());
            }
        };
    }

    private WhepRoom enter(RoomSource source) {
        synchronized (rooms) {
            WhepRoom room = rooms.get(source.identity());
            if (room == null) {
                room = new WhepRoom(source, engine.clock(), this::retire);
                rooms.put(source.identity(), room);
                room.start();
            }
            room.entered();
            return room;
        }
    }

    private void retire(WhepRoom room) {
        synchronized (rooms) {
            if (room.isEmpty()) {
                rooms.remove(room.source().identity(), room);
                room.close();
            }
        }
    }

    /** Ends a live's viewers. */
    public void closeLive(String showId) {
        synchronized (rooms) {
            for (WhepRoom room : List.copyOf(rooms.values())) {
                if (room.isOf(showId)) {
                    rooms.remove(room.source().identity(), room);
                    room.close();
                }
            }
        }
        engine.closeLive(showId, RtcSessionStats.Kind.WHEP);
    }

    @Override
    public void close() {
        synchronized (rooms) {
            rooms.values().forEach(WhepRoom::close);
            rooms.clear();
        }
    }
}
