package dev.weir.hub.internal.web;

import dev.weir.checkout.PaymentGateway;
import dev.weir.console.ConsolePage;
import dev.weir.console.ConsolePages;
import dev.weir.hub.internal.live.ViewerEdge;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The pages and what they load, under a strict content security policy. */
@RestController
class PageApi {
    private final String policy;

    /** Only a real account's key needs the gateway's own script on the page. */
    PageApi(ObjectProvider<PaymentGateway> gateways, ViewerEdge edge) {
        boolean stripe =
                gateways.stream().anyMatch(gateway -> gateway.publishableKey().matches("pk_(live|test)_.*"));
        policy = ConsolePages.contentSecurityPolicy(stripe, edge.origins());
    }

    @GetMapping("/")
    ResponseEntity<String> index() {
        return page(ConsolePage.INDEX);
    }

    @GetMapping("/shows/{slug}")
    ResponseEntity<String> player(@PathVariable String slug) {
        return page(ConsolePage.PLAYER);
    }

    @GetMapping("/shows/{slug}/studio")
    ResponseEntity<String> studio(@PathVariable String slug) {
        return page(ConsolePage.STUDIO);
    }

    @GetMapping("/cockpit")
    ResponseEntity<String> cockpit() {
        return page(ConsolePage.COCKPIT);
    }

    @GetMapping("/operator")
    ResponseEntity<String> operator() {
        return page(ConsolePage.OPERATOR);
    }

    @GetMapping("/ops")
    ResponseEntity<String> ops() {
        return page(ConsolePage.OPS);
    }

    @GetMapping("/finance")
    ResponseEntity<String> finance() {
        return page(ConsolePage.FINANCE);
    }

    @GetMapping("/favicon.ico")
    ResponseEntity<byte[]> favicon() {
        return resource(ConsolePages.ASSETS + "img/favicon.svg", Duration.ofDays(1));
    }

    @GetMapping("/assets/{*path}")
    ResponseEntity<byte[]> asset(@PathVariable String path) {
        return resource(ConsolePages.ASSETS + path.substring(1), Duration.ofMinutes(1));
    }

    /** Versions stand in the path, so these never change. */
    @GetMapping("/webjars/{*path}")
    ResponseEntity<byte[]> webjar(@PathVariable String path) {
        return resource(ConsolePages.WEBJARS + path.substring(1), Duration.ofDays(365));
    }

    private ResponseEntity<String> page(ConsolePage page) {
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "html", StandardCharsets.UTF_8))
                .cacheControl(CacheControl.noCache())
                .header("Content-Security-Policy", policy)
                .header("Referrer-Policy", "strict-origin-when-cross-origin")
                .body(ConsolePages.html(page));
    }

    private static ResponseEntity<byte[]> resource(String path, Duration age) {
        byte[] body = path.contains("..") ? null : read(path);
        if (body == null) {
            throw new NotFound("path", path.substring(path.indexOf('/')));
        }
        MediaType type = MediaTypeFactory.getMediaType(path).orElse(MediaType.APPLICATION_OCTET_STREAM);
        return ResponseEntity.ok()
                .contentType(path.endsWith(".js") ? new MediaType("text", "javascript", StandardCharsets.UTF_8) : type)
                .cacheControl(CacheControl.maxAge(age).cachePublic())
                .body(body);
    }

    private static byte @Nullable [] read(String path) {
        try (InputStream in = PageApi.class.getClassLoader().getResourceAsStream(path)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
    }
}
