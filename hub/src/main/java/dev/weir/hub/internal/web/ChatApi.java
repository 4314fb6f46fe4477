package dev.weir.hub.internal.web;

import dev.weir.live.ChatRoom;
import dev.weir.live.Shows;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The show's chat. */
@RestController
class ChatApi {
    private final Shows shows;
    private final ChatRoom chat;

    ChatApi(Shows shows, ChatRoom chat) {
        this.shows = shows;
        this.chat = chat;
    }

    record NewMessage(@Nullable String name, @Nullable String text) {}

    @PostMapping("/api/shows/{id}/chat")
    @ResponseStatus(HttpStatus.CREATED)
    ChatRoom.Message post(@PathVariable String id, @RequestBody NewMessage body, HttpServletRequest request) {
        return chat.post(
                Callers.any(shows, id).id(),
                request.getRemoteAddr(),
                Inputs.required("name", body.name()),
                Inputs.required("text", body.text()));
    }

    @GetMapping("/api/shows/{id}/chat")
    Map<String, Object> recent(@PathVariable String id, @RequestParam(defaultValue = "50") int limit) {
        return Map.of("items", chat.recent(Callers.any(shows, id).id(), Inputs.range("limit", limit, 1, 200)));
    }
}
