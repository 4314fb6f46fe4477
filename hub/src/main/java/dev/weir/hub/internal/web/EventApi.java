package dev.weir.hub.internal.web;

import dev.weir.live.Show;
import dev.weir.live.ShowEvents;
import dev.weir.live.Shows;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What happens in a show, as it happens: one bounded queue and one virtual thread a client, so none slows another. */
@RestController
class EventApi {
    private static final Logger LOG = LoggerFactory.getLogger(EventApi.class);
    private static final int QUEUED = 512;
    private static final long HEARTBEAT_SECONDS = 10;

    private final Shows shows;
    private final ShowEvents events;
    private final ClientRoom room;

    EventApi(Shows shows, ShowEvents events, ClientRoom room) {
        this.shows = shows;
        this.events = events;
        this.room = room;
    }

    @GetMapping(path = "/api/shows/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter viewer(@PathVariable String id, HttpServletResponse response) {
        return stream(Callers.any(shows, id), false, response);
    }

    @GetMapping(path = "/api/shows/{id}/cockpit/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter staff(@PathVariable String id, HttpServletResponse response) {
        return stream(Callers.own(shows, id), true, response);
    }

    private SseEmitter stream(Show show, boolean staff, HttpServletResponse response) {
        room.follow();
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        SseEmitter emitter = new SseEmitter(0L);
        BlockingQueue<ShowEvents.Event> queue = new ArrayBlockingQueue<>(QUEUED);
        AtomicBoolean open = new AtomicBoolean(true);
        // A client that cannot follow is let go: it reconnects and reads the stored state again.
        ShowEvents.Subscription subscription = events.subscribe(show.id(), event -> {
            if ((staff || !event.staffOnly()) && !queue.offer(event)) {
                open.set(false);
            }
        });
        emitter.onCompletion(() -> open.set(false));
        emitter.onError(e -> open.set(false));
        Thread.ofVirtual().name("sse-" + show.slug()).start(() -> pump(emitter, queue, open, subscription, show));
        return emitter;
    }

    private void pump(
            SseEmitter emitter,
            BlockingQueue<ShowEvents.Event> queue,
            AtomicBoolean open,
            ShowEvents.Subscription subscription,
            Show show) {
        try (subscription) {
            send(emitter, "state", Map.of("state", show.state()));
            send(emitter, "viewers", Map.of("count", events.listeners(show.id())));
            while (open.get()) {
                ShowEvents.Event event = queue.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
                if (event == null) {
                    emitter.send(SseEmitter.event().comment("still here"));
                } else {
                    send(emitter, event.name(), event.data());
                }
            }
            emitter.complete();
        } catch (IOException | IllegalStateException e) {
            LOG.trace("A listener of {} left", show.slug(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            emitter.complete();
        } finally {
            room.leave();
        }
    }

    private static void send(SseEmitter emitter, String name, Object data) throws IOException {
        emitter.send(SseEmitter.event().name(name).data(data, MediaType.APPLICATION_JSON));
    }
}
