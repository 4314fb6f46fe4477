package dev.weir.hub.internal.web;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Is an address ours, which some platforms ask before they push to it? What they push, {@link DeliveryFilter} takes. */
@RestController
class WebhookApi {
    private final WebhookPorts ports;

    WebhookApi(WebhookPorts ports) {
        this.ports = ports;
    }

    @GetMapping(path = "/webhooks/{channel}/{connectionId}", produces = MediaType.TEXT_PLAIN_VALUE)
    ResponseEntity<String> handshake(
            @PathVariable String channel,
            @PathVariable String connectionId,
            @RequestParam MultiValueMap<String, String> query) {
        return ports.of(ports.connection(channel, connectionId))
                .handshake(query.toSingleValueMap())
                .map(ResponseEntity::ok)
                .orElseGet(() -> ResponseEntity.status(HttpStatus.FORBIDDEN).build());
    }
}
